import { LabError } from './engine/lab-error.ts';
import type { CommandResult } from './environment.ts';

const codes: Readonly<Record<CommandResult, number>> = { done: 0, notYet: 1, usage: 2, environment: 3, interrupted: 130 };

export const exitCodeOf = (result: CommandResult): number => codes[result];

/** Lo que no es un `LabError` es un fallo nuestro: 4. Node saldría con 1 y se confundiría con «todavía no». */
export function exitCodeOfError(error: unknown): number {
  if (!(error instanceof LabError)) return 4;
  switch (error.code) {
    case 'USAGE':
      return codes.usage;
    case 'ENVIRONMENT':
    case 'LOST':
      return codes.environment;
    case 'ABORTED':
      return codes.interrupted;
    default:
      return codes.notYet;
  }
}
