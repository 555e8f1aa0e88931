import type { Timer } from '../../clock/clock.ts';
import { absolute, normalize } from '../file-system.ts';
import type { Binary, Process, ProcessContext } from '../program.ts';
import { createBuiltins } from './builtins.ts';
import { createInterpreter } from './interpret.ts';
import { parseShell } from './parse.ts';
import type { Done, Shell, Streams } from './shell-state.ts';
import { ShellSyntaxError } from './syntax.ts';

/**
 * `sh` en pequeño: `sh -c 'guion'` o `sh archivo`. Lo que no sabe hacer lo dice como lo diría un `sh` sin esa orden.
 * Cada vuelta de un bucle gasta un milisegundo virtual: un `while true` sin `sleep` no congela el reloj.
 */
export const shell: Binary = (context) => {
  const children = new Set<Process>();
  const timers = new Set<Timer>();
  let isOver = false;

  const later = (delay: number, run: () => void) => {
    const timer = context.clock.after(delay, () => {
      timers.delete(timer);
      if (!isOver) run();
    });
    timers.add(timer);
  };
  const exit = (code: number) => {
    if (isOver) return;
    isOver = true;
    for (const timer of timers) timer.cancel();
    for (const child of children) child.stop();
    context.exit(code);
  };
  const variables = new Map<string, string>(Object.entries(context.env));
  const state: Shell = {
    context,
    base: { stdin: context.stdin, out: (text) => context.write('stdout', text), err: (text) => context.write('stderr', text) },
    variables,
    exported: new Set(variables.keys()),
    traps: new Map(),
    background: new Set(),
    directory: context.workingDirectory,
    lastCode: 0,
    parameters: [],
    stopsOnError: false,
    tellsCommands: false,
    pendingTrap: undefined,
    wake: undefined,
    run: (command, streams, done) => run(command, streams, done),
    parse(script) {
      try {
        return parseShell(script);
      } catch (error) {
        if (!(error instanceof ShellSyntaxError)) throw error;
        state.fail(`syntax error: ${error.message}`);
        return { kind: 'list', items: [], redirects: [] };
      }
    },
    execute: (argv, extra, streams, done) => execute(argv, extra, streams, done),
    exit,
    fail(message) {
      if (!isOver) state.base.err(`sh: ${message}\n`);
      exit(2);
    },
  };
  const run = createInterpreter(state, () => isOver, later);
  const builtins = createBuiltins(state);

  const execute = (argv: readonly string[], extra: readonly [string, string][], streams: Streams, done: Done): void => {
    if (isOver) return;
    const [name = '', ...args] = argv;
    const builtin = builtins[name];
    if (builtin) return builtin(args, streams, done);
    const binary = findBinary(context, name);
    if (!binary) {
      streams.err(`sh: ${name}: not found\n`);
      return done(127);
    }
    const env = Object.fromEntries([...variables].filter(([key]) => state.exported.has(key)).concat(extra));
    let isDone = false;
    const holder: { child?: Process } = {};
    const child = binary({
      ...context,
      argv,
      env,
      workingDirectory: state.directory,
      stdin: streams.stdin,
      write: (stream, text) => (stream === 'stdout' ? streams.out(text) : streams.err(text)),
      exit(code) {
        if (isDone) return;
        isDone = true;
        holder.child?.stop();
        if (holder.child) children.delete(holder.child);
        done(code);
      },
    });
    holder.child = child;
    if (!isDone) children.add(child);
  };

  const [, ...args] = context.argv;
  let option = '';
  while (args[0]?.startsWith('-')) option += args.shift();
  state.stopsOnError = option.includes('e');
  state.tellsCommands = option.includes('x');
  if (option.includes('c')) {
    state.parameters = args.slice(1).length > 0 ? args.slice(1) : ['sh'];
    later(1, () => run(state.parse(args[0] ?? ''), state.base, exit));
  } else if (args[0] === undefined) {
    later(1, () => run(state.parse(context.stdin), state.base, exit));
  } else {
    state.parameters = args;
    const path = normalize(absolute(args[0], state.directory));
    later(1, () => {
      if (context.files.exists(path)) return run(state.parse(context.files.read(path)), state.base, exit);
      state.base.err(`sh: can't open '${args[0]}': No such file or directory\n`);
      exit(2);
    });
  }
  return {
    isStable: false,
    signal(signal) {
      const action = state.traps.get(signal);
      if (action === undefined) return false;
      state.pendingTrap = action;
      // Un `wait` se interrumpe; una orden en primer plano, no: la señal espera a que acabe.
      state.wake?.();
      return true;
    },
    stop() {
      isOver = true;
      for (const timer of timers) timer.cancel();
      for (const child of children) child.stop();
    },
  };
};

/** Busca en la imagen por nombre o por ruta: `/bin/sh` y `sh` son lo mismo. */
export const findBinary = ({ binaries }: Pick<ProcessContext, 'binaries'>, name: string): Binary | undefined =>
  binaries[/^\/(usr\/)?(local\/)?s?bin\//.test(name) ? (name.split('/').at(-1) ?? '') : name];
