import type { CommandResult, Environment } from '../environment.ts';
import type { Request } from '../parse.ts';
import { helpTexts } from '../ui/help-texts.ts';

/** `… ayuda`: qué hace cada orden, con un ejemplo que se puede pegar. */
export function help({ topic }: Extract<Request, { command: 'help' }>, { screen, labs }: Environment): CommandResult {
  const lines = helpTexts(labs[0]?.id ?? '04')[topic === 'lab' || topic === 'doctor' || topic === 'todos' || topic === 'informe' ? topic : 'general'];
  screen.out(`${lines.join('\n')}\n`);
  return 'done';
}
