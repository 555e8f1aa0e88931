import { LabError } from '../engine/lab-error.ts';
import { faultLines } from '../ui/error-lines.ts';
import { tryThis } from '../ui/messages.ts';

/** Lo que una orden de desarrollo dice de un error, en líneas sin adornos: va al registro de CI. */
export function explainError(error: unknown): string {
  if (!(error instanceof LabError)) return faultLines(error).join('\n');
  const { message, where, fix } = error;
  return [message, ...(where === undefined ? [] : [`En ${where}`]), ...(fix === undefined ? [] : [tryThis(fix)])].join('\n');
}
