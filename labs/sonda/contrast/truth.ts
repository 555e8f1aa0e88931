import type { Percentiles } from './reading.ts';

/**
 * Lo que el servidor de `manifests/sonda/contraste.yaml` hace a propósito. Una prueba exige que sea lo mismo que dice
 * el manifiesto.
 */
export const onPurpose = {
  /** De cada tres Pods, dos contestan a los `normal` ms y uno a los `slow`. */
  normal: 10,
  slow: 60,
  /** Una de cada tantas falla con 503, y una de cada tantas tarda `tail` ms. */
  failsOneIn: 10,
  tailOneIn: 50,
  tail: 200,
  /** El otro servicio se queda parado `stop` ms en la petición n.º `stopsAt`. */
  stopsAt: 100,
  stop: 2000,
} as const;

/** Ritmo y número de peticiones de cada medida: los mismos para las dos herramientas. */
export const faultRun = { rate: 100, requests: 600 } as const;
export const pauseRun = { rate: 50, requests: 360 } as const;

/** Cuántas medidas de cada herramienta, alternadas. */
export const rounds = 5;

/** Los percentiles si la red y los programas no tardasen nada: ninguna herramienta puede ver menos. */
export const faultTruth: Percentiles = {
  // Dos tercios son rápidas; del otro tercio, todas menos la cola.
  p50: onPurpose.normal,
  p90: onPurpose.slow,
  p99: onPurpose.tail,
};

/**
 * Mientras está parado llegan `stop × ritmo` peticiones, y cada una espera lo que quede de parada: la primera, todo; la
 * siguiente, un turno menos. De la peor a la mejor, el percentil p es la que deja por encima un (1 − p) del total.
 */
export const pauseTruth: Percentiles = { p50: 0, p90: waitAt(0.9), p99: waitAt(0.99) };

function waitAt(fraction: number): number {
  const above = pauseRun.requests - Math.ceil(fraction * pauseRun.requests);
  return Math.max(0, onPurpose.stop - (above * 1000) / pauseRun.rate);
}
