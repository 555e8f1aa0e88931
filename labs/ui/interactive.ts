import type { LabEvent } from '../engine/ports.ts';
import { humanDuration } from '../engine/reading.ts';
import { headerLines } from './header-lines.ts';
import { limitedLines } from './limited-lines.ts';
import { challengeOpening, opening } from './messages.ts';
import type { Renderer } from './renderer.ts';
import { paint, type Screen } from './screen.ts';
import { type Measured, stepLines } from './step-lines.ts';
import { clip, widthOf, wrap } from './width.ts';

const hideCursor = '\u001B[?25l';
const showCursor = '\u001B[?25h';
/** Menos que esto no se ve, y en la maqueta llegan cientos de sucesos por segundo. */
const frame = 80;

/** Terminal: lo terminado se queda; la línea en curso se reescribe, con lo último que se sabe debajo. */
export function createInteractiveRenderer(screen: Screen): Renderer {
  let drawn = 0;
  let isHidden = false;
  let lastDraw = Number.NEGATIVE_INFINITY;
  let turn = 0;
  let current: { title: string; waiting?: Extract<LabEvent, { kind: 'stepWaiting' }> } | undefined;
  let notes: string[] = [];
  let measures: Measured[] = [];

  const erase = () => {
    // El retorno: la terminal puede haber escrito un ^C al principio de la línea.
    if (drawn > 0) screen.out(`\r\u001B[${drawn}A\u001B[J`);
    drawn = 0;
  };
  const print = (lines: readonly string[]) => {
    erase();
    if (lines.length > 0) screen.out(`${lines.join('\n')}\n`);
  };

  const draw = () => {
    if (!current) return;
    if (screen.now() - lastDraw < frame) return;
    lastDraw = screen.now();
    turn += 1;
    if (!isHidden) screen.out(hideCursor);
    isHidden = true;
    erase();
    // Una columna menos que la terminal: escribir en la última hace saltar de línea en algunas.
    const room = screen.columns() - 1;
    const sign = screen.glyphs.busy[turn % screen.glyphs.busy.length] ?? '';
    const { title, waiting } = current;
    const time = waiting ? `  ${humanDuration(waiting.elapsed)} de ${humanDuration(waiting.within)}` : '';
    const lines = [`  ${sign} ${clip(title, room - 3 - widthOf(sign) - widthOf(time))}${time}`];
    if (waiting) lines.push(`      ${clip(`ahora: ${waiting.found}`, room - 6)}`);
    screen.out(`${lines.map((line) => paint(screen, 'dim', line)).join('\n')}\n`);
    drawn = lines.length;
  };

  return {
    open({ id, title, mode }) {
      print(wrap((mode === 'demo' ? opening : challengeOpening)(id, title), screen.columns()).map((line) => paint(screen, 'bold', line)));
    },
    say: (line) => print(wrap(line, screen.columns())),
    emit(event) {
      switch (event.kind) {
        case 'labStarted':
          return print([...headerLines(event).flatMap((line) => wrap(line, screen.columns())), '']);
        case 'labLimited':
          return print([...limitedLines(event, screen), '']);
        case 'stepStarted':
          current = { title: event.title };
          notes = [];
          measures = [];
          return draw();
        case 'stepWaiting':
          if (current) current.waiting = event;
          return draw();
        case 'stepNote':
          notes.push(event.text);
          return;
        case 'stepMeasured':
          measures.push(event);
          return;
        case 'stepEnded':
          current = undefined;
          return print(stepLines(event, { notes, measures }, screen));
        case 'labEnded':
          return print(['']);
      }
    },
    close() {
      current = undefined;
      erase();
      if (isHidden) screen.out(showCursor);
      isHidden = false;
    },
  };
}
