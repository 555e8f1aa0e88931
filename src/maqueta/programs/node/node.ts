import { absolute, FileError, normalize } from '../file-system.ts';
import { type Binary, finished, type ProcessContext, type Signal } from '../program.ts';
import { eraseTypes } from './erase-types.ts';
import { EventEmitter } from './event-emitter.ts';
import { createEventLoop, type EventLoop, ExitRequest } from './event-loop.ts';
import { createGlobals } from './globals.ts';
import { describeError, inspect } from './inspect.ts';
import { loadScript, NotInMaqueta } from './load-script.ts';
import { createModules } from './modules.ts';

/** Memoria de un Node recién arrancado. */
const baseMemory = 30 * 1024 * 1024;

/**
 * `node guion.mjs` o `node -e 'código'`: ejecuta de verdad el guion, con el reloj, la red y los archivos de la maqueta.
 * Un bucle síncrono sin fin no se puede cortar: el reloj virtual no avanza mientras corre y la página se queda esperando.
 */
export const node =
  (version: string): Binary =>
  (context) => {
    const [, ...args] = context.argv;
    if (args[0] === '--version' || args[0] === '-v') {
      context.write('stdout', `v${version}\n`);
      return finished(context, 0);
    }
    if (!context.allocate(baseMemory)) return { isStable: true, signal: () => false, stop() {} };

    const process = new EventEmitter();
    const fail = (text: string) => {
      context.write('stderr', `${text}\n\nNode.js v${version}\n`);
      end(1);
    };
    const end = (code: number) => {
      if (loop.isOver) return;
      try {
        process.emit('exit', code);
      } catch (error) {
        if (error instanceof Error) context.write('stderr', `${describeError(error)}\n`);
      }
      loop.stop();
      context.exit(code);
    };
    const exitCode = () => Number((process as unknown as { exitCode?: number }).exitCode ?? 0);
    const loop: EventLoop = createEventLoop(context, {
      onEmpty: () => end(exitCode()),
      onExit: end,
      onException: (error) => process.emit('uncaughtException', error, 'uncaughtException'),
      onCrash(error) {
        if (error instanceof NotInMaqueta) return fail(error.message);
        const shown = error instanceof Error ? `${describeError(error)}\n    at ${name}` : `Uncaught:\n${inspect(error)}`;
        fail(`${name}\n\n${shown}`);
      },
    });
    const { name, source } = findScript(context, args);
    fillProcess(process, { context, loop, version, argv: ['/usr/local/bin/node', ...args.filter((arg) => arg !== '-e' && arg !== '--eval')], exitCode });
    const globals = createGlobals(context, loop, process as unknown as Record<string, unknown>);
    const modules = createModules(context, loop, globals);

    // Arrancar Node no es instantáneo.
    const boot = loop.after(context.random.between(30, 60), () => {
      if (source === undefined) {
        return fail(
          `node:internal/modules/cjs/loader\n\nError: Cannot find module '${name}'\n    at node:internal/modules/cjs/loader {\n  code: 'MODULE_NOT_FOUND',\n  requireStack: []\n}`,
        );
      }
      const code = hasTypes(name) ? eraseTypes(source) : source;
      if (code === undefined) return fail(`la maqueta no sabe borrar los tipos de ${name}: de los .ts solo ejecuta los del proyecto, sin cambiar`);
      let script: () => void;
      try {
        script = loadScript(code, modules, { ...globals, require: modules });
      } catch (error) {
        if (error instanceof SyntaxError) return fail(`${name}\n\nSyntaxError: ${error.message}`);
        throw error;
      }
      script();
    });
    return {
      isStable: false,
      signal(signal: Signal) {
        if (process.listenerCount(signal) === 0) return false;
        loop.after(0, () => void process.emit(signal, signal, signal === 'SIGTERM' ? 15 : 2));
        return true;
      },
      stop() {
        boot.close();
        loop.stop();
      },
    };
  };

/** Node mira la extensión, no el contenido. */
const hasTypes = (name: string): boolean => /\.m?ts$/.test(name);

function findScript(context: ProcessContext, args: readonly string[]): { name: string; source: string | undefined } {
  const eval_ = args.findIndex((arg) => arg === '-e' || arg === '--eval' || arg === '-p');
  if (eval_ >= 0) {
    const source = args[eval_ + 1] ?? '';
    return { name: '[eval]', source: args[eval_] === '-p' ? `console.log(${source.replace(/;\s*$/, '')})` : source };
  }
  const path = args.find((arg) => !arg.startsWith('-'));
  if (path === undefined) return { name: '[stdin]', source: context.stdin };
  const name = normalize(absolute(path, context.workingDirectory));
  try {
    return { name: `file://${name}`, source: context.files.read(name) };
  } catch (error) {
    if (error instanceof FileError) return { name, source: undefined };
    throw error;
  }
}

function fillProcess(
  process: EventEmitter,
  { context, loop, version, argv, exitCode }: { context: ProcessContext; loop: EventLoop; version: string; argv: readonly string[]; exitCode(): number },
): void {
  const start = context.clock.now();
  const stream = (name: 'stdout' | 'stderr') => ({
    write(text: unknown) {
      context.write(name, String(text));
      return true;
    },
    isTTY: false,
  });
  const hrtime = (before?: readonly [number, number]) => {
    const elapsed = context.clock.now() - start;
    const seconds = Math.floor(elapsed / 1000);
    const nanos = Math.floor((elapsed % 1000) * 1e6);
    if (!before) return [seconds, nanos];
    const difference = (seconds - before[0]) * 1e9 + nanos - before[1];
    return [Math.floor(difference / 1e9), difference % 1e9];
  };
  Object.assign(process, {
    argv: [...argv],
    argv0: 'node',
    env: { ...context.env },
    pid: 1,
    ppid: 0,
    platform: 'linux',
    arch: 'x64',
    version: `v${version}`,
    versions: { node: version, v8: '13.6.233.10-node.28' },
    title: 'node',
    execPath: '/usr/local/bin/node',
    stdout: stream('stdout'),
    stderr: stream('stderr'),
    cwd: () => context.workingDirectory,
    uptime: () => (context.clock.now() - start) / 1000,
    hrtime: Object.assign(hrtime, { bigint: () => BigInt(Math.floor((context.clock.now() - start) * 1e6)) }),
    memoryUsage: Object.assign(() => ({ rss: baseMemory, heapTotal: baseMemory / 2, heapUsed: baseMemory / 4, external: 0, arrayBuffers: 0 }), {
      rss: () => baseMemory,
    }),
    nextTick: (run: (...args: unknown[]) => void, ...args: unknown[]) => void loop.after(0, () => run(...args)),
    exit(code?: number) {
      throw new ExitRequest(Number(code ?? exitCode()));
    },
    kill(pid: number, signal: Signal = 'SIGTERM') {
      if (pid === 1) context.clock.after(0, () => context.signalMain(signal));
    },
  });
}
