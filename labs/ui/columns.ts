import type { LabEvent } from '../engine/ports.ts';
import { failureLines } from './failure-lines.ts';
import { headerLines } from './header-lines.ts';
import { limitedLines } from './limited-lines.ts';
import { challengeOpening, clockTime, columnWords, counted, lasting, opening } from './messages.ts';
import { probeLines } from './probe-lines.ts';
import type { Renderer } from './renderer.ts';
import type { Screen } from './screen.ts';
import { padTo } from './width.ts';

/** Lo menos que pasa entre dos líneas de una misma espera. */
const quiet = 2000;

/** CI o tubería: una línea por suceso, columnas fijas, nada se reescribe. La hora es la del destino desde que empezó. */
export function createColumnsRenderer(screen: Screen): Renderer {
  let isVirtual = false;
  let last = '';
  let toldAt = Number.NEGATIVE_INFINITY;
  const line = (event: { at: number; lab: string }, step: string, word: string, text: string) =>
    screen.out(`${clockTime(event.at)} lab-${event.lab} ${padTo(step, 12)} ${padTo(word, 7)} ${text}`.trimEnd().concat('\n'));

  return {
    open: ({ id, title, mode }) => screen.out(`${(mode === 'demo' ? opening : challengeOpening)(id, title)}\n`),
    say: (text) => screen.out(`${text}\n`),
    close: () => undefined,
    emit(event: LabEvent) {
      switch (event.kind) {
        case 'labStarted':
          isVirtual = event.isVirtual;
          return screen.out(
            headerLines(event)
              .map((text) => `${text}\n`)
              .join(''),
          );
        case 'labLimited':
          return screen.out(`${limitedLines(event, screen).join('\n')}\n`);
        case 'stepStarted':
          last = '';
          toldAt = Number.NEGATIVE_INFINITY;
          return line(event, event.stepId, 'EMPIEZA', event.title);
        case 'stepWaiting':
          // Solo si cambia algo, y sin contar cada paso de un contador: quien lee un registro no ve pasar el tiempo.
          if (event.found === last || event.at - toldAt < quiet) return;
          last = event.found;
          toldAt = event.at;
          return line(event, event.stepId, 'ESPERA', event.found);
        case 'stepNote':
          return line(event, event.stepId, 'VISTO', event.text);
        case 'stepMeasured':
          for (const text of probeLines(event.title, event.result, { columns: 60, glyphs: screen.glyphs })) line(event, event.stepId, 'SONDA', text);
          return;
        case 'stepEnded': {
          const detail = event.needs ? `necesita ${event.needs}` : `${event.title} (${lasting(event.took, isVirtual)})`;
          line(event, event.stepId, columnWords[event.result], detail);
          for (const text of event.failure ? failureLines(event.failure, Number.POSITIVE_INFINITY) : []) screen.out(`        ${text}\n`);
          return;
        }
        case 'labEnded':
          return line(
            event,
            'fin',
            event.outcome === 'done' ? 'SI' : 'NO',
            `${counted(event.passed, event.total)}, código ${event.outcome === 'done' ? 0 : 1}`,
          );
      }
    },
  };
}
