import { setTimeout as pause } from 'node:timers/promises';
import { createProgressStore } from '../progress/store.ts';
import { attemptFor } from './attempts.ts';

/** Proceso hijo para las pruebas de progreso: anota `veces` intentos en `carpeta` y sale. Sin `veces`, no para nunca. */
const [folder = '', lab = '04', times = 'Infinity'] = process.argv.slice(2);
const store = createProgressStore({ folder, now: Date.now, pause, unique: () => `${process.pid}-${performance.now()}` });
console.log('listo');
for (let turn = 0; turn < Number(times); turn++) {
  const { warning } = await store.addAttempt(attemptFor({ lab }));
  if (warning) console.log(warning);
}
