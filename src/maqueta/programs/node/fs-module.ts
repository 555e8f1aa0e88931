import { absolute, FileError, normalize } from '../file-system.ts';
import type { ProcessContext } from '../program.ts';
import type { EventLoop } from './event-loop.ts';
import { fileError } from './system-error.ts';

/** `node:fs`: las formas síncronas y las de retrollamada de lo que usan los guiones. */
export function createFsModule(context: ProcessContext, loop: EventLoop): Record<string, unknown> {
  const { files } = context;
  const full = (path: unknown) => normalize(absolute(path instanceof URL ? path.pathname : String(path), context.workingDirectory)) || '/';
  const guarded =
    <Result>(syscall: string, run: (...args: unknown[]) => Result) =>
    (...args: unknown[]): Result => {
      try {
        return run(...args);
      } catch (error) {
        throw fileError(error, syscall);
      }
    };
  const isRecursive = (options: unknown) => (options as { recursive?: boolean } | undefined)?.recursive === true;
  const now = () => context.clock.now();

  const sync = {
    readFile: guarded('open', (path) => files.read(full(path))),
    writeFile: guarded('open', (path, content, options) => {
      if ((options as { flag?: string } | undefined)?.flag === 'a') files.append(full(path), String(content));
      else files.write(full(path), String(content));
    }),
    appendFile: guarded('open', (path, content) => files.append(full(path), String(content))),
    mkdir: guarded('mkdir', (path, options) => files.makeDirectory(full(path), isRecursive(options))),
    readdir: guarded('scandir', (path) => files.list(full(path))),
    unlink: guarded('unlink', (path) => files.remove(full(path), false)),
    rm: guarded('rm', (path, options) => {
      if ((options as { force?: boolean } | undefined)?.force && !files.exists(full(path))) return;
      files.remove(full(path), isRecursive(options));
    }),
    rename: guarded('rename', (from, to) => {
      files.write(full(to), files.read(full(from)));
      files.remove(full(from), false);
    }),
    copyFile: guarded('copyfile', (from, to) => files.write(full(to), files.read(full(from)))),
    access: guarded('access', (path) => {
      if (!files.exists(full(path))) throw new FileError('ENOENT', String(path));
    }),
    stat: guarded('stat', (path) => {
      const name = full(path);
      if (!files.exists(name)) throw new FileError('ENOENT', String(path));
      const isDirectory = files.isDirectory(name);
      return { size: isDirectory ? 4096 : files.read(name).length, mtimeMs: now(), isDirectory: () => isDirectory, isFile: () => !isDirectory };
    }),
  };
  const fs: Record<string, unknown> = { existsSync: (path: unknown) => files.exists(full(path)), constants: { F_OK: 0, R_OK: 4, W_OK: 2, X_OK: 1 } };
  for (const [name, run] of Object.entries(sync)) {
    fs[`${name}Sync`] = run;
    fs[name] = (...args: unknown[]) => {
      const done = args.pop() as (error: unknown, result?: unknown) => void;
      loop.after(0.1, () => {
        let result: unknown;
        try {
          result = (run as (...values: unknown[]) => unknown)(...args);
        } catch (error) {
          return done(error);
        }
        done(null, result);
      });
    };
  }
  fs.fsyncSync = () => undefined;
  return fs;
}
