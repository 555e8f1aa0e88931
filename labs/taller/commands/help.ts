/** `npm run taller ayuda`. */
export const helpLines: readonly string[] = [
  'El taller: un Kubernetes de verdad, de varios nodos, dentro de esta máquina (Linux y root).',
  '',
  '  npm run taller                      lo levanta (la primera vez compila: unos 25 minutos)',
  '  npm run taller completo             también con las imágenes de la batería de conformidad, de carga y de servidores',
  '  npm run taller estado               qué hay levantado y cómo usarlo',
  '  npm run taller nodos 4              con ese número de nodos',
  '  npm run taller apagar nodo3         un corte de luz en ese nodo',
  '  npm run taller encender nodo3',
  '  npm run taller desconectar nodo3    sin red, pero en marcha',
  '  npm run taller conectar nodo3',
  '  npm run taller imagenes             qué imagen del taller sustituye a cuál oficial',
  '  npm run taller conformidad          la batería de Kubernetes contra el taller; «conformidad maqueta», contra la maqueta',
  '  npm run taller parar                lo borra entero',
  '',
  'Un laboratorio en él:  npm run -s lab 04 taller',
];
