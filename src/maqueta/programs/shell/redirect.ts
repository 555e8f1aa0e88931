import { absolute, FileError, normalize } from '../file-system.ts';
import { expand } from './expand.ts';
import type { Shell, Streams } from './shell-state.ts';
import type { Redirect } from './syntax.ts';

/** Aplica las redirecciones de una orden; `undefined` si alguna no se puede abrir. */
export function redirected(shell: Shell, redirects: readonly Redirect[], streams: Streams, done: (streams: Streams | undefined) => void): void {
  let result = streams;
  const step = (index: number): void => {
    const redirect = redirects[index];
    if (!redirect) return done(result);
    expand(shell, [redirect.target], streams, ([target = '']) => {
      const path = normalize(absolute(target, shell.directory));
      try {
        if (redirect.mode === 'copy') result = target === '1' ? { ...result, err: result.out } : { ...result, out: result.err };
        else if (redirect.mode === 'read') result = { ...result, stdin: shell.context.files.read(path) };
        else {
          const write = fileWriter(shell, path, redirect.mode === 'append');
          result = redirect.from === 2 ? { ...result, err: write } : { ...result, out: write };
        }
      } catch (error) {
        if (!(error instanceof FileError)) throw error;
        streams.err(`sh: can't ${redirect.mode === 'read' ? 'open' : 'create'} ${target}: ${messageOf(error)}\n`);
        return done(undefined);
      }
      step(index + 1);
    });
  };
  step(0);
}

function fileWriter({ base, context }: Shell, path: string, isAppend: boolean): (text: string) => void {
  if (/^\/(dev\/stdout|proc\/1\/fd\/1)$/.test(path)) return base.out;
  if (/^\/(dev\/stderr|proc\/1\/fd\/2)$/.test(path)) return base.err;
  if (isAppend) context.files.append(path, '');
  else context.files.write(path, '');
  return (text) => {
    try {
      context.files.append(path, text);
    } catch (error) {
      if (error instanceof FileError) base.err(`sh: write error: ${messageOf(error)}\n`);
    }
  };
}

const messageOf = (error: FileError): string => `${error.message.slice(0, 1).toUpperCase()}${error.message.slice(1)}`;
