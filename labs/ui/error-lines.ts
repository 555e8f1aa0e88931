import { LabError } from '../engine/lab-error.ts';
import { orElse, ourFault, tryThis } from './messages.ts';
import { paint, type Screen } from './screen.ts';
import { wrap } from './width.ts';

/** Un error que quien lee puede arreglar: qué pasó, dónde y qué orden pegar. Va al canal de avisos. */
export function errorLines({ message, where, fix, instead }: Pick<LabError, 'message' | 'where' | 'fix'> & Partial<LabError>, screen: Screen): string[] {
  const isReader = screen.style === 'reader' || screen.style === 'json';
  const [first = '', ...rest] = isReader ? [message] : wrap(message, screen.columns() - 4);
  const mark = isReader ? '' : `  ${paint(screen, 'bad', screen.glyphs.no)} `;
  const indent = isReader ? '' : '    ';
  return [
    `${mark}${first}`,
    ...rest.map((line) => indent + line),
    ...(where ? [`${indent}En ${where}`] : []),
    ...(fix ? [indent + tryThis(fix)] : []),
    ...(instead ? [indent + orElse(instead)] : []),
  ];
}

/** Lo demás es culpa nuestra y enseña su traza, entera. */
export const faultLines = (error: unknown): string[] => {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const cause = error instanceof Error && error.cause instanceof Error ? [`Causa: ${error.cause.stack ?? error.cause.message}`] : [];
  return [ourFault(error instanceof Error ? error.message : String(error)), stack, ...cause];
};

export const isReadable = (error: unknown): error is LabError => error instanceof LabError;
