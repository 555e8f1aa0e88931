import type { LabEvent, StepResult } from '../../../labs/engine/ports.ts';
import type { Recording } from '../../site-data/recording.ts';

/** Lo que dejó grabado un paso. */
export interface StepStory {
  id: string;
  title: string;
  result: StepResult;
  took: number;
  points: number;
  notes: string[];
  needs?: string;
  failure?: string;
}

export interface Moment {
  at: number;
  stepId: string;
  /** Estado con palabras: nunca solo un color o un signo. */
  state: string;
  text: string;
}

export const RESULT_WORDS: Record<StepResult, string> = {
  ok: 'hecho',
  notYet: 'todavía no',
  broken: 'se rompió',
  stopped: 'parado: no va a sanar',
  skipped: 'no se prueba aquí',
};

export const RESULT_GLYPHS: Record<StepResult, string> = { ok: '✔', notYet: '✖', broken: '✖', stopped: '✖', skipped: '–' };

export function stepStories(recording: Recording): StepStory[] {
  const notes = new Map<string, string[]>();
  const stories: StepStory[] = [];
  for (const event of recording.events) {
    if (event.kind === 'stepNote') notes.set(event.stepId, [...(notes.get(event.stepId) ?? []), event.text]);
    if (event.kind === 'stepEnded') {
      stories.push({
        id: event.stepId,
        title: event.title,
        result: event.result,
        took: event.took,
        points: event.points,
        notes: notes.get(event.stepId) ?? [],
        ...(event.needs ? { needs: event.needs } : {}),
        ...(event.failure ? { failure: event.failure.message } : {}),
      });
    }
  }
  return stories;
}

/** El paso pedido, o un error que dice los que hay: para el autor del capítulo, al construir. */
export function storyOf(recording: Recording, stepId: string): StepStory {
  const stories = stepStories(recording);
  const found = stories.find((story) => story.id === stepId);
  if (!found) throw new Error(`El laboratorio ${recording.lab} no tiene el paso «${stepId}» (tiene: ${stories.map((story) => story.id).join(', ')})`);
  return found;
}

/** La grabación como una lista de momentos. Las esperas repetidas con lo mismo se cuentan una vez. */
export function moments(recording: Recording): Moment[] {
  const result: Moment[] = [];
  for (const event of recording.events) {
    const moment = momentOf(event);
    const last = result.at(-1);
    if (moment && !(last && last.stepId === moment.stepId && last.state === moment.state && last.text === moment.text)) result.push(moment);
  }
  return result;
}

function momentOf(event: LabEvent): Moment | undefined {
  const { at } = event;
  switch (event.kind) {
    case 'stepStarted':
      return { at, stepId: event.stepId, state: 'empieza', text: event.title };
    case 'stepWaiting':
      return { at, stepId: event.stepId, state: 'esperando', text: `${event.found}; se espera ${event.expected}` };
    case 'stepNote':
      return { at, stepId: event.stepId, state: 'visto', text: event.text };
    case 'stepEnded':
      return { at, stepId: event.stepId, state: RESULT_WORDS[event.result], text: event.title };
    default:
      return undefined;
  }
}
