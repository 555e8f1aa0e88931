import { mergeLines } from '../engine/diff.ts';
import type { Recording } from './recording.ts';
import { type StoryLine, storyOf } from './story.ts';

/** Líneas iguales que se enseñan antes y después de una diferencia. */
const context = 1;
/** Las primeras diferencias bastan: las demás suelen venir de ellas. */
const mostDifferences = 5;
/** De cada tramo de líneas que faltan o que sobran. */
const longest = 8;

/**
 * En qué no cuentan lo mismo dos grabaciones: cada diferencia con su paso y su línea en lo grabado, `-` lo de antes y `+`
 * lo de ahora. Vacío si la historia es la misma.
 */
export function compareRecordings(before: Recording, after: Recording): string[] {
  const differences = differencesOf(storyOf(before), storyOf(after));
  const more = differences.length - mostDifferences;
  return [
    ...differences.slice(0, mostDifferences).flatMap(({ place, lines }) => [`${placeText(place)}:`, ...shortened(lines).map((text) => `  ${text}`.trimEnd())]),
    ...(more > 0 ? [`Y ${more === 1 ? '1 diferencia más' : `${more} diferencias más`}.`] : []),
  ];
}

interface Difference {
  /** Donde empieza, en lo grabado; si ahí ya no hay nada, en lo de ahora. */
  place: StoryLine | undefined;
  /** `- antes`, `+ ahora`, y alrededor lo que no cambia. */
  lines: string[];
}

function differencesOf(before: readonly StoryLine[], after: readonly StoryLine[]): Difference[] {
  const merged = mergeLines(
    before.map(({ text }) => text),
    after.map(({ text }) => text),
  ).map((line) => `${line.slice(0, 1)} ${line.slice(1)}`);
  const differences: Difference[] = [];
  let old = 0;
  let now = 0;
  for (const [index, line] of merged.entries()) {
    if (!line.startsWith(' ') && (index === 0 || merged[index - 1]?.startsWith(' '))) {
      const length = merged.slice(index).findIndex((next) => next.startsWith(' '));
      const end = length < 0 ? merged.length : index + length;
      const place = line.startsWith('-') ? before[old] : (after[now] ?? before[old]);
      differences.push({ place, lines: merged.slice(Math.max(index - context, 0), end + context) });
    }
    if (!line.startsWith('+')) old += 1;
    if (!line.startsWith('-')) now += 1;
  }
  return differences;
}

const placeText = (place: StoryLine | undefined): string =>
  place ? `${place.stepId === undefined ? 'Antes del primer paso' : `Paso «${place.stepId}»`}, ${place.part} ${place.number}` : 'Al final';

/**
 * Un paso que deja de pasar se lleva todo lo que venía después. De lo que falta, y de lo que aparece, que es donde se dice
 * por qué, basta el principio de cada tramo.
 */
function shortened(lines: readonly string[]): string[] {
  const runs: string[][] = [];
  for (const line of lines) {
    const last = runs.at(-1);
    if (last?.[0]?.startsWith(line.slice(0, 1))) last.push(line);
    else runs.push([line]);
  }
  return runs.flatMap((run) =>
    run.length <= longest ? run : [...run.slice(0, longest - 1), `${run[0]?.slice(0, 1)} … y ${run.length - longest + 1} líneas más`],
  );
}
