import type { LabEvent } from '../engine/ports.ts';
import { headerLines } from './header-lines.ts';
import { limitedLines } from './limited-lines.ts';
import { resultWords, spoken, tryThis } from './messages.ts';
import type { Renderer } from './renderer.ts';
import type { Screen } from './screen.ts';
import { spokenProbe } from './spoken-probe.ts';

/** Lo menos que se tarda en volver a hablar de una espera. */
const quiet = 10_000;

/** Lector de pantalla: frases completas, sin signos, sin reescribir. La espera habla cada 10 s y solo si algo cambia. */
export function createReaderRenderer(screen: Screen): Renderer {
  let steps: { id: string }[] = [];
  let isVirtual = false;
  let spokenAt = 0;
  let lastFound = '';
  const say = (text: string) => screen.out(`${text}\n`);
  const place = (id: string) => `Paso ${steps.findIndex((step) => step.id === id) + 1} de ${steps.length}`;
  const clock = () => (isVirtual ? ' del reloj de la maqueta' : '');

  return {
    open: ({ id, title, mode }) => say(`Laboratorio ${id}${mode === 'demo' ? '' : ', reto'}: ${title}.`),
    say,
    close: () => undefined,
    emit(event: LabEvent) {
      switch (event.kind) {
        case 'labStarted':
          steps = event.steps;
          isVirtual = event.isVirtual;
          for (const line of headerLines(event)) say(sentence(line));
          return;
        case 'labLimited':
          for (const line of limitedLines(event, screen)) say(line);
          return;
        case 'stepStarted':
          spokenAt = event.at;
          lastFound = '';
          return say(`${place(event.stepId)}. ${sentence(event.title)}`);
        case 'stepWaiting':
          if (event.at - spokenAt < quiet || event.found === lastFound) return;
          spokenAt = event.at;
          lastFound = event.found;
          return say(`A los ${spoken(event.elapsed)}, de ${spoken(event.within)} como mucho: ${sentence(event.found)}`);
        case 'stepNote':
          return say(sentence(event.text));
        case 'stepMeasured':
          for (const text of spokenProbe(event.title, event.result)) say(sentence(text));
          return;
        case 'stepEnded': {
          const { result, took, failure, needs } = event;
          if (result === 'skipped') return say(`${place(event.stepId)}, ${resultWords.skipped}: necesita ${needs}.`);
          say(
            result === 'ok'
              ? `${place(event.stepId)}, hecho en ${spoken(took)}${clock()}.`
              : `${place(event.stepId)}, ${resultWords[result]}, tras ${spoken(took)}${clock()}.`,
          );
          if (!failure) return;
          if (failure.mismatch?.object) say(`Objeto: ${failure.mismatch.object}.`);
          if (failure.mismatch && !failure.message.includes(`${failure.mismatch.path}: hay ${failure.mismatch.found}`))
            say(`Campo ${failure.mismatch.path}: hay ${failure.mismatch.found}, se espera ${failure.mismatch.expected}.`);
          say(sentence(failure.message));
          for (const text of failure.events) say(`Suceso: ${sentence(text)}`);
          if (failure.reading) say(`Por qué: ${sentence(failure.reading)}`);
          if (failure.command) say(tryThis(failure.command));
          return;
        }
        case 'labEnded':
          return;
      }
    },
  };
}

/** Sin flechas ni puntos medios, que un lector lee o se salta a su manera, y con su punto al final. */
const sentence = (text: string) => {
  const plain = text.replace(/ → /g, ', después ').replace(/ · /g, ', ').replace(/\s+/g, ' ').trim();
  return /[.!?…:]$/.test(plain) ? plain : `${plain}.`;
};
