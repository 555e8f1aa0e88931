import type { LabEvent } from '../engine/ports.ts';
import { humanDuration } from '../engine/reading.ts';
import { failureLines } from './failure-lines.ts';
import { points, resultWords } from './messages.ts';
import { probeLines } from './probe-lines.ts';
import { paint, type Screen } from './screen.ts';
import { padLeft, padTo, widthOf, wrap } from './width.ts';

type Ended = Extract<LabEvent, { kind: 'stepEnded' }>;
export type Measured = Extract<LabEvent, { kind: 'stepMeasured' }>;

/** Por debajo, el tiempo baja a su propia línea. */
const narrow = 60;
const timeColumn = 11;
const wordColumn = 10;

/** Un paso terminado: título con su tiempo, lo anotado y, si no pasó, por qué. */
export function stepLines(
  { title, result, took, points: worth, failure, needs }: Ended,
  { notes, measures }: { notes: readonly string[]; measures: readonly Measured[] },
  screen: Screen,
): string[] {
  const columns = screen.columns();
  const sign =
    result === 'ok' ? paint(screen, 'good', screen.glyphs.ok) : result === 'skipped' ? screen.glyphs.skipped : paint(screen, 'bad', screen.glyphs.no);
  const signWidth = widthOf(screen.glyphs.ok) + 1;
  const time = result === 'skipped' ? '' : humanDuration(took);
  const word = result === 'ok' ? points(worth) : resultWords[result];
  const isNarrow = columns < narrow;
  const margin = isNarrow ? '' : '  ';
  const indent = ' '.repeat(margin.length + signWidth);
  const detail = isNarrow ? '  ' : '      ';
  const inside = columns - detail.length;
  return [...(isNarrow ? narrowTitle() : wideTitle()), ...details()];

  function narrowTitle(): string[] {
    const [first = '', ...rest] = wrap(title, columns - signWidth);
    const cost = result === 'ok' ? time : [word, time].filter(Boolean).join(', ');
    return [`${sign} ${first}`, ...rest.map((line) => indent + line), indent + cost];
  }

  function wideTitle(): string[] {
    // Un resultado largo («parado: no va a sanar») se lleva sitio del título, nunca de la línea siguiente.
    const area = columns - indent.length - timeColumn - 3 - Math.max(wordColumn, widthOf(word));
    const [first = '', ...rest] = wrap(title, area);
    return [`${margin}${sign} ${padTo(first, area)}${padLeft(time, timeColumn)}   ${word}`.trimEnd(), ...rest.map((line) => indent + line)];
  }

  function details(): string[] {
    return [
      ...notes.flatMap((note) => wrap(note, inside).map((line) => detail + paint(screen, 'dim', line))),
      ...measures
        .flatMap((measure) => probeLines(measure.title, measure.result, { columns: inside, glyphs: screen.glyphs }))
        // El dibujo cabe; las frases, no siempre.
        .flatMap((line) => (widthOf(line) <= inside ? [line] : wrap(line, inside)))
        .map((line) => detail + paint(screen, 'dim', line)),
      ...(needs ? wrap(`Necesita ${needs}.`, inside).map((line) => detail + line) : []),
      ...(failure ? failureLines(failure, inside).map((line) => detail + line) : []),
    ];
  }
}
