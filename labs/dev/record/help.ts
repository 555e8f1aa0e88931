/** `npm run -s grabar ayuda`. El ejemplo es el primer laboratorio que haya. */
export const helpLines = (id: string): readonly string[] => [
  `npm run -s grabar [${id} …] [comparar] [maqueta | taller]`,
  '',
  'Corre la demostración de cada laboratorio y guarda lo que salió en labs/NN-slug/recordings/: es lo que enseña la página.',
  'Sin laboratorio, todos. Sin destino, en la maqueta y, si hay un taller levantado, también en él. Lo que crea lo borra.',
  '  comparar   no guarda nada: vuelve a grabar y dice en qué paso y en qué línea sale otra cosa',
  '',
  'En la maqueta se compara todo, hasta el instante de cada suceso. En el taller, lo que no cambia por naturaleza: sin UID,',
  'IP, nombres al azar, tiempos, qué nodo toca a cada Pod ni lo visto mientras se espera (labs/recording/normalize.ts).',
  'Códigos: 0 sale lo mismo, 1 sale otra cosa o no pasa, 2 uso, 3 entorno, 4 fallo nuestro, 130 Ctrl-C.',
];
