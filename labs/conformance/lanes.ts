import type { ConformanceTarget } from './result.ts';
import type { Lane } from './run-all.ts';

/**
 * Cuánto se corre a la vez y cuánto se espera. Casi todo el tiempo de una prueba es espera (pregunta cada 2 o cada 10 s), así que caben más
 * que núcleos. En la maqueta cada prueba tiene un clúster para ella; el taller es uno para todas.
 */
export const lanes: Readonly<Record<ConformanceTarget, Lane>> = {
  maqueta: { width: 6, isIsolated: true, perTest: 240, whole: 15 * 60 },
  taller: { width: 4, isIsolated: false, perTest: 300, whole: 30 * 60 },
};
