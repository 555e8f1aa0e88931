import { LabError } from '../engine/lab-error.ts';
import { exitCodeOf, exitCodeOfError } from '../exit-code.ts';
import { order, type Request } from '../parse.ts';
import { orderLine } from '../ui/ending-lines.ts';
import { errorLines, faultLines } from '../ui/error-lines.ts';
import { interrupted, nothingRemains, spaceRemains } from '../ui/messages.ts';
import type { Screen } from '../ui/screen.ts';
import { wrap } from '../ui/width.ts';
import { Interrupted } from './interrupted.ts';
import { targetWords } from './open-target.ts';

/** Lo que se lanzó desde una orden, en frases y con su código. */
export function explainError(error: unknown, request: Request, screen: Screen): { lines: string[]; exitCode: number } {
  if (error instanceof Interrupted) return { lines: interruptionLines(request, error, screen), exitCode: exitCodeOf('interrupted') };
  if (error instanceof LabError && error.code === 'ABORTED') return { lines: [interrupted(undefined)], exitCode: exitCodeOf('interrupted') };
  return { lines: error instanceof LabError ? errorLines(error, screen) : faultLines(error), exitCode: exitCodeOfError(error) };
}

/** Ctrl-C: dónde iba y cómo se borra lo que queda. */
function interruptionLines({ target }: Request, { lab, stepId, namespace, isVirtual }: Interrupted, screen: Screen): string[] {
  const first = interrupted(stepId);
  if (isVirtual) return screen.style === 'interactive' ? wrap(`${first} ${nothingRemains}`, screen.columns()) : [`${first} ${nothingRemains}`];
  if (namespace === undefined) return [first];
  const clean = order(lab, 'limpiar', ...targetWords(target));
  return orderLine(`${first} ${spaceRemains(namespace, clean)}`, clean, screen);
}
