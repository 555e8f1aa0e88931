import { existsSync, readFileSync } from 'node:fs';
import type { LabDefinition } from '../../labs/lab.ts';
import type { Recording } from './recording.ts';

export const readRecording = (path: string): Recording | null => (existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Recording) : null);

/**
 * En qué la grabación ya no es de este laboratorio tal como está hoy: mismos pasos, mismos títulos. Una página no puede
 * enseñar la salida de un laboratorio que ya no existe.
 */
export function whyOutdated(recording: Recording, lab: LabDefinition): string | undefined {
  const ended = new Map(recording.events.flatMap((event) => (event.kind === 'stepEnded' ? [[event.stepId, event.title] as const] : [])));
  for (const step of lab.steps) {
    const title = ended.get(step.id);
    if (title === undefined) return `no tiene el paso «${step.id}»`;
    if (title !== step.title) return `el paso «${step.id}» se titula «${title}» y hoy es «${step.title}»`;
  }
  return undefined;
}
