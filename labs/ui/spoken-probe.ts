import { incidentsIn } from '../engine/availability.ts';
import { sayProbe } from '../engine/probe-reading.ts';
import type { ProbeResult } from '../engine/probe-result.ts';
import { errorsAt, markAt, probeChart, spoken } from './messages.ts';
import { summaryLines } from './probe-lines.ts';

/** Lo mismo que la gráfica, sin dibujo: qué se hizo, cuándo hubo errores y cuánto cuesta. */
export function spokenProbe(title: string, result: ProbeResult): string[] {
  const ranges = incidentsIn(result.gaps).map(({ start, duration }) => `de ${spoken(start)} a ${spoken(start + duration)}`);
  return [
    probeChart.heading(title, result.rate, spoken(result.elapsed)),
    ...result.marks.map(({ at, text }) => markAt(spoken(at), text)),
    sayProbe(result),
    ...(ranges.length > 0 ? [errorsAt(ranges)] : []),
    ...summaryLines(result),
  ];
}
