import { absolute, normalize } from '../file-system.ts';
import type { Signal } from '../program.ts';
import type { Done, Shell, Streams } from './shell-state.ts';
import { evaluateTest } from './test-expression.ts';

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

/** Las órdenes que `sh` hace él mismo. */
export const createBuiltins = (shell: Shell): Readonly<Record<string, (args: readonly string[], streams: Streams, done: Done) => void>> => ({
  ':': (_args, _streams, done) => done(0),
  true: (_args, _streams, done) => done(0),
  false: (_args, _streams, done) => done(1),
  echo(args, streams, done) {
    const flags = args[0] && /^-[ne]+$/.test(args[0]) ? args[0] : '';
    const text = args.slice(flags ? 1 : 0).join(' ');
    streams.out(`${flags.includes('e') ? text.replaceAll('\\n', '\n').replaceAll('\\t', '\t') : text}${flags.includes('n') ? '' : '\n'}`);
    done(0);
  },
  exit: ([code]) => shell.exit(code === undefined ? shell.lastCode : Number(code) & 255),
  cd([path = '/root'], streams, done) {
    const next = normalize(absolute(path, shell.directory)) || '/';
    if (!shell.context.files.isDirectory(next)) {
      streams.err(`sh: cd: can't cd to ${path}: No such file or directory\n`);
      return done(2);
    }
    shell.directory = next;
    done(0);
  },
  pwd(_args, streams, done) {
    streams.out(`${shell.directory}\n`);
    done(0);
  },
  export(args, _streams, done) {
    for (const arg of args) {
      const [name = '', ...value] = arg.split('=');
      if (arg.includes('=')) shell.variables.set(name, value.join('='));
      shell.exported.add(name);
    }
    done(0);
  },
  unset(args, _streams, done) {
    for (const name of args) shell.variables.delete(name);
    done(0);
  },
  set(args, _streams, done) {
    for (const arg of args) {
      if (/^-[a-z]*e/.test(arg)) shell.stopsOnError = true;
      if (/^[-+][a-z]*x/.test(arg)) shell.tellsCommands = arg.startsWith('-');
    }
    done(0);
  },
  trap([action = '', ...names], _streams, done) {
    for (const name of names) {
      const signal = signalOf(name);
      if (!signal) continue;
      if (action === '-') shell.traps.delete(signal);
      else shell.traps.set(signal, action);
    }
    done(0);
  },
  wait(_args, _streams, done) {
    if (shell.background.size === 0) return done(0);
    shell.wake = () => {
      shell.wake = undefined;
      done(shell.pendingTrap === undefined ? 0 : 143);
    };
  },
  exec(args, streams, done) {
    if (args.length === 0) return done(0);
    shell.execute(args, [], streams, shell.exit);
  },
  test: (args, _streams, done) => done(evaluateTest(args, shell.context.files, shell.directory) ? 0 : 1),
  '[': (args, _streams, done) => done(evaluateTest(args.slice(0, -1), shell.context.files, shell.directory) ? 0 : 1),
});
