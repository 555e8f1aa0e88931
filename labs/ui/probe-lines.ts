import { budgetTable, downtimeOf } from '../engine/availability.ts';
import { errorCount, sayProbe } from '../engine/probe-reading.ts';
import type { ProbePercentiles, ProbeResult } from '../engine/probe-result.ts';
import { humanDuration } from '../engine/reading.ts';
import type { Glyphs } from './glyphs.ts';
import { probeChart, spokenPercent } from './messages.ts';
import { widthOf } from './width.ts';

/**
 * Una medida de la sonda: qué se preguntó, la línea de tiempo con sus errores y sus marcas, lo visto y el presupuesto.
 * Cada columna es un tramo de tiempo y su altura, qué parte falló; las palabras dicen lo mismo que el dibujo.
 */
export function probeLines(title: string, result: ProbeResult, { columns, glyphs }: { columns: number; glyphs: Glyphs }): string[] {
  const { rate, elapsed } = result;
  return [
    probeChart.heading(title, rate, humanDuration(elapsed)),
    ...(errorCount(result) > 0 || result.marks.length > 0 ? timeline(result, columns, glyphs) : []),
    sayProbe(result),
    ...summaryLines(result),
  ];
}

/** Percentiles y presupuesto, cada uno en su frase. */
export const summaryLines = (result: ProbeResult): string[] => [
  ...(result.latency.succeeded ? [probeChart.percentiles(percentilesOf(result.latency.succeeded))] : []),
  ...(errorCount(result) > 0 ? [budgetOf(result)] : []),
];

function timeline(result: ProbeResult, columns: number, glyphs: Glyphs): string[] {
  const { requests, errors } = result.perSecond;
  const end = humanDuration(result.elapsed);
  const room = Math.max(10, columns - widthOf(`0 s `) - widthOf(` ${end}`));
  // Ningún tramo de menos de un segundo: es el grano con que se apuntó.
  const width = Math.min(room, requests.length);
  const columnOf = (second: number) => Math.min(width - 1, Math.floor((second * width) / requests.length));
  const asked = Array<number>(width).fill(0);
  const failed = Array<number>(width).fill(0);
  for (const [second, count] of requests.entries()) {
    const column = columnOf(second);
    asked[column] = (asked[column] ?? 0) + count;
    failed[column] = (failed[column] ?? 0) + (errors[second] ?? 0);
  }
  const bars = asked.map((count, column) => barOf((failed[column] ?? 0) / (count || 1), glyphs.bars));
  const hand = Array<string>(width).fill(' ');
  for (const [index, { at }] of result.marks.entries()) hand[columnOf(at / 1000)] = String((index + 1) % 10);
  return [
    `0 s ${bars.join('')} ${end}`,
    ...(result.marks.length > 0 ? [`    ${hand.join('').trimEnd()}`] : []),
    ...result.marks.map(({ at, text }, index) => `    ${(index + 1) % 10}: ${humanDuration(at)}, ${text}`),
    ...(errorCount(result) > 0 ? [`    ${probeChart.legend(glyphs.bars)}`] : []),
  ];
}

/** Un solo error ya se ve: la primera altura empieza por encima de cero. */
const barOf = (share: number, bars: readonly string[]): string =>
  bars[share === 0 ? 0 : Math.min(bars.length - 1, Math.max(1, Math.ceil(share * (bars.length - 1))))] ?? '';

const percentilesOf = ({ p50, p90, p99, p999, max }: ProbePercentiles): [name: string, value: string][] => [
  ['p50', milliseconds(p50)],
  ['p90', milliseconds(p90)],
  ['p99', milliseconds(p99)],
  ['p99,9', milliseconds(p999)],
  ['máximo', milliseconds(max)],
];

const milliseconds = (value: number): string =>
  value < 100 ? `${value.toFixed(1).replace('.', ',')} ms` : value < 1000 ? `${Math.round(value)} ms` : humanDuration(value);

const budgetOf = (result: ProbeResult): string =>
  probeChart.budget(
    humanDuration(downtimeOf(result)),
    budgetTable(downtimeOf(result)).map(({ objective, month }) => `al ${String(objective).replace('.', ',')} %, ${spokenPercent(month.spent)}`),
  );
