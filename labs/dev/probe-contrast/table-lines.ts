import type { ContrastRecording } from '../../sonda/contrast/recording.ts';
import { faultRows, pauseRows } from '../../sonda/contrast/table.ts';

/** Lo medido, en columnas: medianas en milisegundos. */
export function tableLines(recording: ContrastRecording): string[] {
  const { tool } = recording;
  return [
    ...columns([
      ['con fallos', 'a propósito', 'sonda', tool, 'diferencia', 'se admite', 'peor pareja', 'vaivén propio'],
      ...faultRows(recording).map((row) => [
        row.name,
        ...[row.truth, row.probe, row.tool, row.difference, row.allowed, row.worstPair, row.toolSpread].map(milliseconds),
      ]),
    ]),
    ...columns([
      ['parado 2 s', 'a propósito', 'sonda', tool, 'diferencia', 'se admite', 'con 1 conexión'],
      ...pauseRows(recording).map((row) => [row.name, ...[row.truth, row.probe, row.tool, row.difference, row.allowed, row.closed].map(milliseconds)]),
    ]),
  ];
}

const milliseconds = (value: number): string => value.toFixed(1).replace('.', ',');

function columns(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) => row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0))).join('  '));
}
