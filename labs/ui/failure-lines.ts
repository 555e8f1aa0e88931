import type { StepFailure } from '../engine/ports.ts';
import { tryThis } from './messages.ts';
import { wrap } from './width.ts';

/** Por qué no pasa: objeto, campo, diferencia, sucesos (lo más nuevo abajo), lectura y orden. Las órdenes no se parten. */
export function failureLines({ mismatch, message, events, command, reading }: StepFailure, columns: number): string[] {
  return [
    ...(mismatch?.object ? [mismatch.object] : []),
    // El mensaje suele decirlo ya con las mismas palabras.
    ...(mismatch && !message.includes(`${mismatch.path}: hay ${mismatch.found}`)
      ? folded(`· ${mismatch.path}: hay ${mismatch.found}, se espera ${mismatch.expected}`, columns)
      : []),
    ...(mismatch?.diff?.length ? ['  --- esperado', '  +++ encontrado', ...mismatch.diff.map((line) => `  ${line}`)] : []),
    ...folded(message, columns, 0),
    ...events.flatMap((event) => folded(`  ${event}`, columns, 4)),
    ...(reading ? folded(`Por qué: ${reading}`, columns, 0) : []),
    ...(command ? [tryThis(command)] : []),
  ];
}

function folded(text: string, columns: number, hanging = 2): string[] {
  const indent = text.length - text.trimStart().length;
  const lines = wrap(text.trimStart(), columns - Math.max(indent, hanging));
  return lines.map((line, index) => ' '.repeat(index === 0 ? indent : hanging) + line);
}
