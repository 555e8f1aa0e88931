import { LabError } from '../engine/lab-error.ts';
import { exitCodeOf, exitCodeOfError } from '../exit-code.ts';
import { order, type Request } from '../parse.ts';
import { errorLines, faultLines } from '../ui/error-lines.ts';
import { interrupted, nothingRemains, spaceRemains } from '../ui/messages.ts';
import type { Screen } from '../ui/screen.ts';
import { Interrupted } from './interrupted.ts';
import { targetWords } from './open-target.ts';

/** Lo que se lanzó desde una orden, en frases y con su código. */
export function explainError(error: unknown, request: Request, screen: Screen): { lines: string[]; exitCode: number } {
  if (error instanceof Interrupted) return { lines: interruptionLines(request, error), exitCode: exitCodeOf('interrupted') };
  if (error instanceof LabError && error.code === 'ABORTED') return { lines: [interrupted(undefined)], exitCode: exitCodeOf('interrupted') };
  return { lines: error instanceof LabError ? errorLines(error, screen) : faultLines(error), exitCode: exitCodeOfError(error) };
}

/** Ctrl-C: dónde iba y cómo se borra lo que queda. */
function interruptionLines({ target }: Request, { lab, stepId, namespace, isVirtual }: Interrupted): string[] {
  const first = interrupted(stepId);
  if (isVirtual) return [`${first} ${nothingRemains}`];
  if (namespace === undefined) return [first];
  return [`${first} ${spaceRemains(namespace, order(lab, 'limpiar', ...targetWords(target)))}`];
}
