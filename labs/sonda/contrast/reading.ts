import { errorCount } from '../../engine/probe-reading.ts';
import type { ProbeResult } from '../../engine/probe-result.ts';

/** Los percentiles que se comparan. */
export const percentileNames = ['p50', 'p90', 'p99'] as const;
export type PercentileName = (typeof percentileNames)[number];
export type Percentiles = Readonly<Record<PercentileName, number>>;

/** Lo que una herramienta dice de una medida. Latencias en milisegundos y de todas las peticiones, también las fallidas. */
export interface Reading extends Percentiles {
  requests: number;
  /** Las que no acabaron en un 200, sea por lo que sea. */
  errors: number;
  /** De ellas, las que acabaron en un 503. */
  unavailable: number;
  max: number;
}

export function readingOfProbe(result: ProbeResult): Reading {
  const { p50 = 0, p90 = 0, p99 = 0, max = 0 } = result.latency.all ?? {};
  // El servidor que se mide no da otro 5xx.
  return { requests: result.requests, errors: errorCount(result), unavailable: result.errors.http5xx, p50, p90, p99, max };
}

interface FortioLine {
  /** Segundos. */
  latency: number;
  /** Cuándo salió, en nanosegundos desde 1970: no cabe entero en un número, y el error es de menos de un microsegundo. */
  timestamp: number;
  thread: number;
  iter: number;
  ok: boolean;
  /** El código de la respuesta, o qué falló. */
  details: string;
}

/**
 * Lo que fortio apuntó de cada petición (`-access-log-file`). Sus propios percentiles salen de casillas de hasta un 25 %
 * de ancho e interpolan dentro; con las latencias una a una no hay nada que interpolar.
 */
export function readingOfFortio(log: string): Reading {
  const lines = fortioLines(log);
  const sorted = lines.map(({ latency }) => latency * 1000).sort((a, b) => a - b);
  const at = (fraction: number) => percentileOf(sorted, fraction);
  return {
    requests: lines.length,
    errors: lines.filter(({ ok }) => !ok).length,
    unavailable: lines.filter(({ details }) => details === '503').length,
    p50: at(0.5),
    p90: at(0.9),
    p99: at(0.99),
    max: sorted.at(-1) ?? 0,
  };
}

/**
 * Con cuánto retraso salió una de cada diez peticiones de fortio, en milisegundos. Con `-uniform`, la petición `iter` de
 * la conexión `thread` sale a los (thread + iter × conexiones) / ritmo segundos; la menos retrasada hace de cero.
 */
export function latenessOfFortio(log: string, { rate, connections }: { rate: number; connections: number }): number {
  const late = fortioLines(log).map(({ timestamp, thread, iter }) => timestamp / 1e6 - ((thread + iter * connections) * 1000) / rate);
  const first = Math.min(...late);
  return percentileOf(
    late.map((one) => one - first).sort((a, b) => a - b),
    0.9,
  );
}

const fortioLines = (log: string): FortioLine[] => log.split('\n').flatMap((line) => (line.startsWith('{"latency":') ? [JSON.parse(line) as FortioLine] : []));

/** El menor valor que no supera esa fracción de las medidas. */
const percentileOf = (sorted: readonly number[], fraction: number): number => sorted[Math.ceil(fraction * sorted.length - 1e-9) - 1] ?? 0;
