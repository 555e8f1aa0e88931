import type { Duration } from './ports.ts';

const units = { ms: 1, s: 1000, m: 60_000 };

/** Milisegundos de una duración con unidad: `'500ms'`, `'60s'`, `'6m'`. */
export function parseDuration(duration: Duration): number {
  const [, amount, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(duration) ?? [];
  if (!amount || !unit) throw new RangeError(`«${duration}» no es una duración: se espera un número y ms, s o m, como 60s`);
  return Number(amount) * units[unit as keyof typeof units];
}
