import { existsSync, readFileSync } from 'node:fs';
import type { LabDefinition } from '../../labs/lab.ts';
import type { Recording } from './recording.ts';

/**
 * Lee la grabación y comprueba que es de este laboratorio tal como está hoy: mismos pasos, mismos títulos.
 * Una página no puede enseñar la salida de un laboratorio que ya no existe.
 */
export function readRecording(path: string, lab: LabDefinition): Recording | null {
  if (!existsSync(path)) return null;
  const recording = JSON.parse(readFileSync(path, 'utf8')) as Recording;
  const ended = new Map(recording.events.flatMap((event) => (event.kind === 'stepEnded' ? [[event.stepId, event.title] as const] : [])));
  for (const step of lab.steps) {
    const title = ended.get(step.id);
    if (title === undefined) throw new Error(`la grabación ${path} no tiene el paso «${step.id}»: vuelve a grabar el laboratorio ${lab.id}`);
    if (title !== step.title) throw new Error(`en la grabación ${path} el paso «${step.id}» se titula «${title}» y hoy es «${step.title}»: vuelve a grabar`);
  }
  return recording;
}
