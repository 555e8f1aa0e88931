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
  ok: boolean;
  /** El código de la respuesta, o qué falló. */
  details: string;
}

/**
 * Lo que fortio apuntó de cada petición (`-access-log-file`). Sus propios percentiles salen de casillas de hasta un 25 %
 * de ancho e interpolan dentro; con las latencias una a una no hay nada que interpolar.
 */
export function readingOfFortio(log: string): Reading {
  const lines = log.split('\n').flatMap((line): FortioLine[] => (line.startsWith('{"latency":') ? [JSON.parse(line) as FortioLine] : []));
  const sorted = lines.map(({ latency }) => latency * 1000).sort((a, b) => a - b);
  const at = (fraction: number) => sorted[Math.ceil(fraction * sorted.length - 1e-9) - 1] ?? 0;
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
