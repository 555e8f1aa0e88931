import { mergeLines } from '../engine/diff.ts';
import { storyLines } from './normalize.ts';
import type { Recording } from './recording.ts';

/** Líneas iguales que se enseñan antes y después de la diferencia. */
const context = 3;

/**
 * En qué no cuentan lo mismo dos grabaciones: la primera diferencia, con lo que la rodea, y cuántas más.
 * Vacío si la historia es la misma.
 */
export function compareRecordings(before: Recording, after: Recording): string[] {
  const lines = mergeLines(storyLines(before), storyLines(after));
  const groups = changedGroups(lines);
  const [first] = groups;
  if (!first) return [];
  const shown = lines.slice(Math.max(first.from - context, 0), first.to + context);
  const more = groups.length - 1;
  return [
    'Lo grabado (-) y lo que sale ahora (+) no cuentan lo mismo. La primera diferencia:',
    ...shown.map((line) => `  ${line.slice(0, 1)} ${line.slice(1)}`.trimEnd()),
    ...(more > 0 ? [`Y ${more === 1 ? '1 diferencia más' : `${more} diferencias más`}.`] : []),
  ];
}

/** Tramos de líneas que cambian seguidas; `to`, la primera que ya no. */
function changedGroups(lines: readonly string[]): { from: number; to: number }[] {
  const groups: { from: number; to: number }[] = [];
  for (const [index, line] of lines.entries()) {
    if (line.startsWith(' ')) continue;
    const last = groups.at(-1);
    if (last?.to === index) last.to = index + 1;
    else groups.push({ from: index, to: index + 1 });
  }
  return groups;
}
