import { isMissing, type Missing, meetsGoal, type Reading, type Unit } from './measure.ts';

const headers = ['medida', 'mediana', 'mín–máx', 'veces', 'meta', '¿se cumple?', 'comparación'];

/** La tabla que se imprime. Coma decimal y espacio ante la unidad. */
export function drawTable(results: readonly (Reading | Missing)[]): string {
  const rows = results.map((result) => (isMissing(result) ? [result.title, '—', '—', '—', '—', 'sin medir', result.reason] : toRow(result)));
  const widths = headers.map((header, column) => Math.max(header.length, ...rows.map((row) => row[column]?.length ?? 0)));
  const draw = (row: readonly string[]) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('   ')
      .trimEnd();
  return [draw(headers), ...rows.map(draw)].join('\n');
}

function toRow(reading: Reading): string[] {
  const { title, unit, samples, goal, against, claims = [] } = reading;
  const notes = [
    ...(against ? [`${number(samples.median / against.median)} × ${against.title} (${amount(against.median, unit)})`] : []),
    ...claims.map((claim) => `${claim.holds ? '' : 'NO: '}${claim.title}`),
  ];
  const range = `${amount(samples.least, unit)} – ${amount(samples.most, unit)}`;
  const verdict = goal === undefined && claims.length === 0 ? '—' : meetsGoal(reading) ? 'sí' : 'no';
  return [title, amount(samples.median, unit), range, `${samples.count}`, goal === undefined ? '—' : `≤ ${amount(goal, unit)}`, verdict, notes.join('; ')];
}

export function amount(value: number, unit: Unit): string {
  return unit === 'ms' ? (value >= 1000 ? `${number(value / 1000)} s` : `${Math.round(value)} ms`) : `${number(value)} ${unit}`;
}

/** Tres cifras significativas: más sería presumir. */
const number = (value: number): string => new Intl.NumberFormat('es', { maximumSignificantDigits: 3, useGrouping: false }).format(value);
