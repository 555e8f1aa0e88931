import type { Timer } from '../../clock/clock.ts';
import { absolute, FileError, normalize } from '../file-system.ts';
import type { Binary, Process, ProcessContext, Signal } from '../program.ts';
import { parseShell } from './parse.ts';
import { type Command, type Redirect, ShellSyntaxError, type Word } from './syntax.ts';
import { evaluateTest } from './test-expression.ts';

interface Streams {
  stdin: string;
  out(text: string): void;
  err(text: string): void;
}

type Done = (code: number) => void;

const signals: Readonly<Record<string, Signal>> = {
  TERM: 'SIGTERM',
  INT: 'SIGINT',
  QUIT: 'SIGQUIT',
  HUP: 'SIGHUP',
  USR1: 'SIGUSR1',
  USR2: 'SIGUSR2',
  '15': 'SIGTERM',
  '2': 'SIGINT',
};
const signalOf = (name: string): Signal | undefined => signals[name.replace(/^SIG/, '').toUpperCase()];

/**
 * `sh` en pequeño: `sh -c 'guion'` o `sh archivo`. Lo que no sabe hacer lo dice como lo diría un `sh` sin esa orden.
 * Cada vuelta de un bucle gasta un milisegundo virtual: un `while true` sin `sleep` no congela el reloj.
 */
export const shell: Binary = (context) => {
  const children = new Set<Process>();
  const timers = new Set<Timer>();
  const traps = new Map<Signal, string>();
  const variables = new Map<string, string>(Object.entries(context.env));
  const exported = new Set(variables.keys());
  const background = new Set<object>();
  let directory = context.workingDirectory;
  let lastCode = 0;
  let isOver = false;
  let pendingTrap: string | undefined;
  let wake: (() => void) | undefined;
  let parameters: readonly string[] = [];
  let stopsOnError = false;

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
  const base: Streams = { stdin: context.stdin, out: (text) => context.write('stdout', text), err: (text) => context.write('stderr', text) };

  const variable = (name: string): string | undefined => {
    if (name === '?') return String(lastCode);
    if (name === '$') return '1';
    if (name === '#') return String(Math.max(0, parameters.length - 1));
    if (name === '@' || name === '*') return parameters.slice(1).join(' ');
    if (/^\d$/.test(name)) return parameters[Number(name)];
    return variables.get(name);
  };

  const arithmetic = (expression: string): string => {
    const plain = expression.replace(/\$?([A-Za-z_]\w*)/g, (_all, name: string) => variable(name) || '0').trim();
    if (!/^[\d\s+\-*/%()<>=!]+$/.test(plain)) throw new ShellSyntaxError('arithmetic syntax error');
    return String(Math.trunc(Number(new Function(`return (${plain});`)())));
  };

  /** Sustituye variables y órdenes; lo no citado se parte por espacios. */
  const expand = (words: readonly Word[], streams: Streams, done: (texts: string[]) => void) => {
    const texts: string[] = [];
    let current: string | undefined;
    const parts = words.flatMap((word) => [...word, undefined]);
    const step = (index: number): void => {
      for (let at = index; at < parts.length; at++) {
        const part = parts[at];
        if (!part) {
          if (current !== undefined) texts.push(current);
          current = undefined;
        } else if (part.kind === 'text') current = (current ?? '') + part.text;
        else if (part.kind === 'arithmetic') current = (current ?? '') + arithmetic(part.expression);
        else if (part.kind === 'variable') add(variable(part.name) || (part.fallback ?? ''), part.isQuoted);
        else {
          let output = '';
          const inner = { ...streams, out: (text: string) => void (output += text) };
          return run(parse(part.script), inner, () => {
            add(output.replace(/\n+$/, ''), part.isQuoted);
            step(at + 1);
          });
        }
      }
      done(texts);
    };
    const add = (value: string, isQuoted: boolean) => {
      if (isQuoted) {
        current = (current ?? '') + value;
        return;
      }
      const pieces = value.split(/\s+/);
      pieces.forEach((piece, position) => {
        if (position > 0 && current !== undefined) {
          texts.push(current);
          current = undefined;
        }
        if (piece !== '') current = (current ?? '') + piece;
      });
    };
    step(0);
  };

  const parse = (script: string): Command => {
    try {
      return parseShell(script);
    } catch (error) {
      if (!(error instanceof ShellSyntaxError)) throw error;
      base.err(`sh: syntax error: ${error.message}\n`);
      exit(2);
      return { kind: 'list', items: [], redirects: [] };
    }
  };

  const redirected = (redirects: readonly Redirect[], streams: Streams, done: (streams: Streams | undefined) => void) => {
    let result = streams;
    const step = (index: number): void => {
      const redirect = redirects[index];
      if (!redirect) return done(result);
      expand([redirect.target], streams, ([target = '']) => {
        const path = normalize(absolute(target, directory));
        try {
          if (redirect.mode === 'copy') result = target === '1' ? { ...result, err: result.out } : { ...result, out: result.err };
          else if (redirect.mode === 'read') result = { ...result, stdin: context.files.read(path) };
          else {
            const write = fileWriter(path, redirect.mode === 'append');
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
  };

  const fileWriter = (path: string, isAppend: boolean): ((text: string) => void) => {
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
  };

  /** Entre orden y orden se atiende la señal que llegó mientras. */
  const settle = (code: number, done: Done) => {
    if (isOver) return;
    lastCode = code;
    const trap = pendingTrap;
    if (trap === undefined) return done(code);
    pendingTrap = undefined;
    run(parse(trap), base, () => done(code));
  };

  const run = (command: Command, streams: Streams, done: Done): void => {
    if (isOver) return;
    if (command.kind === 'simple') return runSimple(command, streams, done);
    if (command.kind === 'pipe') return runPipe(command.parts, command.isNegated, streams, done);
    if (command.redirects.length === 0) return runCompound(command, streams, done);
    redirected(command.redirects, streams, (inner) => (inner ? runCompound(command, inner, done) : settle(1, done)));
  };

  const runCompound = (command: Exclude<Command, { kind: 'simple' | 'pipe' }>, streams: Streams, done: Done): void => {
    if (command.kind === 'list') {
      const step = (index: number, code: number): void => {
        const item = command.items[index];
        if (!item) return done(code);
        const previous = command.items[index - 1]?.after;
        if ((previous === '&&' && code !== 0) || (previous === '||' && code === 0)) return step(index + 1, code);
        if (item.after === '&') {
          const job = {};
          background.add(job);
          run(item.command, streams, () => {
            background.delete(job);
            if (background.size === 0) wake?.();
          });
          return step(index + 1, 0);
        }
        run(item.command, streams, (result) => {
          if (stopsOnError && result !== 0 && item.after === ';' && previous !== '&&' && previous !== '||') return exit(result);
          step(index + 1, result);
        });
      };
      return step(0, lastCode);
    }
    if (command.kind === 'if') {
      const step = (index: number): void => {
        const branch = command.branches[index];
        if (!branch) return command.otherwise ? run(command.otherwise, streams, done) : settle(0, done);
        quietly(branch.condition, streams, (code) => (code === 0 ? run(branch.body, streams, done) : step(index + 1)));
      };
      return step(0);
    }
    if (command.kind === 'while') {
      const turn = (code: number): void =>
        quietly(command.condition, streams, (result) => {
          if ((result === 0) === command.isUntil) return settle(code, done);
          run(command.body, streams, (next) => later(1, () => turn(next)));
        });
      return turn(0);
    }
    expand(command.words, streams, (values) => {
      const turn = (index: number, code: number): void => {
        const value = values[index];
        if (value === undefined) return settle(code, done);
        variables.set(command.name, value);
        run(command.body, streams, (next) => later(0.1, () => turn(index + 1, next)));
      };
      turn(0, 0);
    });
  };

  /** `set -e` no mira lo que se usa como condición. */
  const quietly = (command: Command, streams: Streams, done: Done) => {
    const before = stopsOnError;
    stopsOnError = false;
    run(command, streams, (code) => {
      stopsOnError = before;
      done(code);
    });
  };

  const runPipe = (parts: readonly Command[], isNegated: boolean, streams: Streams, done: Done) => {
    const step = (index: number, stdin: string): void => {
      let output = '';
      const isLast = index === parts.length - 1;
      run(parts[index] as Command, { ...streams, stdin, ...(isLast ? {} : { out: (text: string) => void (output += text) }) }, (code) => {
        if (!isLast) return step(index + 1, output);
        settle(isNegated ? Number(code === 0) : code, done);
      });
    };
    step(0, streams.stdin);
  };

  const runSimple = (command: Extract<Command, { kind: 'simple' }>, streams: Streams, done: Done) => {
    redirected(command.redirects, streams, (inner) => {
      if (!inner) return settle(1, done);
      expand(command.words, inner, (argv) => {
        const values: [string, string][] = [];
        const assign = (index: number): void => {
          const assignment = command.assignments[index];
          if (assignment) {
            return expand([assignment.value.map((part) => ('isQuoted' in part ? { ...part, isQuoted: true } : part))], inner, ([value = '']) => {
              values.push([assignment.name, value]);
              assign(index + 1);
            });
          }
          if (argv.length > 0) return execute(argv, values, inner, (code) => settle(code, done));
          for (const [name, value] of values) variables.set(name, value);
          settle(0, done);
        };
        assign(0);
      });
    });
  };

  const execute = (argv: readonly string[], extra: readonly [string, string][], streams: Streams, done: Done): void => {
    const [name = '', ...args] = argv;
    const builtin = builtins[name];
    if (builtin) return builtin(args, streams, done);
    const binary = findBinary(context, name);
    if (!binary) {
      streams.err(`sh: ${name}: not found\n`);
      return done(127);
    }
    const env = Object.fromEntries([...variables].filter(([key]) => exported.has(key)).concat(extra));
    let isDone = false;
    const holder: { child?: Process } = {};
    const child = binary({
      ...context,
      argv,
      env,
      workingDirectory: directory,
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

  const builtins: Readonly<Record<string, (args: readonly string[], streams: Streams, done: Done) => void>> = {
    ':': (_args, _streams, done) => done(0),
    true: (_args, _streams, done) => done(0),
    false: (_args, _streams, done) => done(1),
    echo(args, streams, done) {
      const flags = args[0] && /^-[ne]+$/.test(args[0]) ? args[0] : '';
      const text = args.slice(flags ? 1 : 0).join(' ');
      streams.out(`${flags.includes('e') ? text.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : text}${flags.includes('n') ? '' : '\n'}`);
      done(0);
    },
    exit: ([code]) => exit(code === undefined ? lastCode : Number(code) & 255),
    cd([path = '/root'], streams, done) {
      const next = normalize(absolute(path, directory)) || '/';
      if (!context.files.isDirectory(next)) {
        streams.err(`sh: cd: can't cd to ${path}: No such file or directory\n`);
        return done(2);
      }
      directory = next;
      done(0);
    },
    pwd(_args, streams, done) {
      streams.out(`${directory}\n`);
      done(0);
    },
    export(args, _streams, done) {
      for (const arg of args) {
        const [name = '', ...value] = arg.split('=');
        if (arg.includes('=')) variables.set(name, value.join('='));
        exported.add(name);
      }
      done(0);
    },
    unset(args, _streams, done) {
      for (const name of args) variables.delete(name);
      done(0);
    },
    set(args, _streams, done) {
      for (const arg of args) if (/^-[a-z]*e/.test(arg)) stopsOnError = true;
      done(0);
    },
    trap([action = '', ...names], _streams, done) {
      for (const name of names) {
        const signal = signalOf(name);
        if (signal) traps.set(signal, action === '-' ? '' : action);
      }
      done(0);
    },
    wait(_args, _streams, done) {
      if (background.size === 0) return done(0);
      wake = () => {
        wake = undefined;
        done(pendingTrap === undefined ? 0 : 143);
      };
    },
    exec(args, streams, done) {
      if (args.length === 0) return done(0);
      execute(args, [], streams, exit);
    },
    test: (args, _streams, done) => done(evaluateTest(args, context.files, directory) ? 0 : 1),
    '[': (args, _streams, done) => done(evaluateTest(args.slice(0, -1), context.files, directory) ? 0 : 1),
  };

  const [, ...args] = context.argv;
  const option = args[0]?.startsWith('-') ? args.shift() : undefined;
  if (option?.includes('e')) stopsOnError = true;
  if (option?.includes('c')) {
    parameters = args.slice(1).length > 0 ? args.slice(1) : ['sh'];
    later(1, () => run(parse(args[0] ?? ''), base, exit));
  } else if (args[0] === undefined) {
    later(1, () => run(parse(context.stdin), base, exit));
  } else {
    parameters = args;
    const path = normalize(absolute(args[0], directory));
    later(1, () => {
      if (context.files.exists(path)) return run(parse(context.files.read(path)), base, exit);
      base.err(`sh: can't open '${args[0]}': No such file or directory\n`);
      exit(2);
    });
  }
  return {
    isStable: false,
    signal(signal) {
      const action = traps.get(signal);
      if (action === undefined) return false;
      pendingTrap = action;
      // Un `wait` se interrumpe; una orden en primer plano, no: la señal espera a que acabe.
      wake?.();
      return true;
    },
    stop() {
      isOver = true;
      for (const timer of timers) timer.cancel();
      for (const child of children) child.stop();
    },
  };
};

const messageOf = (error: FileError): string => `${error.message.slice(0, 1).toUpperCase()}${error.message.slice(1)}`;

/** Busca en la imagen por nombre o por ruta: `/bin/sh` y `sh` son lo mismo. */
export const findBinary = ({ binaries }: Pick<ProcessContext, 'binaries'>, name: string): Binary | undefined =>
  binaries[/^\/(usr\/)?(local\/)?s?bin\//.test(name) ? (name.split('/').at(-1) ?? '') : name];
