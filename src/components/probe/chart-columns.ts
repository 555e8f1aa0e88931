import type { ProbeResult } from '../../../labs/engine/probe-result.ts';

/** Un tramo de la medida. `from` y `to`, en segundos desde que empezó. */
export interface ChartColumn {
  from: number;
  to: number;
  requests: number;
  errors: number;
  /** La respuesta más lenta, en milisegundos. */
  slowest: number;
}

/** Más tramos que estos no se distinguen en una pantalla estrecha ni se leen en una tabla. */
const mostColumns = 120;

/** La medida en tramos de segundos enteros: uno por segundo, o los que hagan falta para que quepan. */
export function chartColumns({ perSecond }: Pick<ProbeResult, 'perSecond'>, most = mostColumns): ChartColumn[] {
  const { requests, errors, slowest } = perSecond;
  const width = Math.max(1, Math.ceil(requests.length / most));
  const columns: ChartColumn[] = [];
  for (let from = 0; from < requests.length; from += width) {
    const to = Math.min(from + width, requests.length);
    columns.push({ from, to, requests: sum(requests.slice(from, to)), errors: sum(errors.slice(from, to)), slowest: Math.max(...slowest.slice(from, to)) });
  }
  return columns;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** El primero de 1, 2 y 5 por una potencia de diez que no se queda corto: el alto de una gráfica se lee mejor así. */
export function roundCeiling(value: number): number {
  if (!(value > 0)) return 1;
  const power = 10 ** Math.floor(Math.log10(value));
  return ([1, 2, 5, 10].find((step) => step * power >= value) ?? 10) * power;
}
