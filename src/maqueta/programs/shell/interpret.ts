import { expand } from './expand.ts';
import { redirected } from './redirect.ts';
import type { Done, Shell, Streams } from './shell-state.ts';
import type { Command } from './syntax.ts';

/**
 * Recorre un guion con continuaciones: una orden puede tardar tiempo virtual y la siguiente espera a que acabe.
 * Devuelve cómo correr una orden cualquiera.
 */
export function createInterpreter(shell: Shell, isOver: () => boolean, later: (delay: number, run: () => void) => void): Shell['run'] {
  /** Entre orden y orden se atiende la señal que llegó mientras. */
  const settle = (code: number, done: Done) => {
    if (isOver()) return;
    shell.lastCode = code;
    const trap = shell.pendingTrap;
    if (trap === undefined) return done(code);
    shell.pendingTrap = undefined;
    run(shell.parse(trap), shell.base, () => done(code));
  };

  const run = (command: Command, streams: Streams, done: Done): void => {
    if (isOver()) return;
    if (command.kind === 'simple') return runSimple(command, streams, done);
    if (command.kind === 'pipe') return runPipe(command.parts, command.isNegated, streams, done);
    if (command.redirects.length === 0) return runCompound(command, streams, done);
    redirected(shell, command.redirects, streams, (inner) => (inner ? runCompound(command, inner, done) : settle(1, done)));
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
          shell.background.add(job);
          run(item.command, streams, () => {
            shell.background.delete(job);
            if (shell.background.size === 0) shell.wake?.();
          });
          return step(index + 1, 0);
        }
        run(item.command, streams, (result) => {
          if (shell.stopsOnError && result !== 0 && item.after === ';' && previous !== '&&' && previous !== '||') return shell.exit(result);
          step(index + 1, result);
        });
      };
      return step(0, shell.lastCode);
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
    expand(shell, command.words, streams, (values) => {
      const turn = (index: number, code: number): void => {
        const value = values[index];
        if (value === undefined) return settle(code, done);
        shell.variables.set(command.name, value);
        run(command.body, streams, (next) => later(0.1, () => turn(index + 1, next)));
      };
      turn(0, 0);
    });
  };

  /** `set -e` no mira lo que se usa como condición. */
  const quietly = (command: Command, streams: Streams, done: Done) => {
    const before = shell.stopsOnError;
    shell.stopsOnError = false;
    run(command, streams, (code) => {
      shell.stopsOnError = before;
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
    redirected(shell, command.redirects, streams, (inner) => {
      if (!inner) return settle(1, done);
      expand(shell, command.words, inner, (argv) => {
        const values: [string, string][] = [];
        const assign = (index: number): void => {
          const assignment = command.assignments[index];
          if (assignment) {
            return expand(shell, [assignment.value.map((part) => ('isQuoted' in part ? { ...part, isQuoted: true } : part))], inner, ([value = '']) => {
              values.push([assignment.name, value]);
              assign(index + 1);
            });
          }
          if (shell.tellsCommands) shell.base.err(`+ ${[...values.map(([name, value]) => `${name}=${value}`), ...argv].join(' ')}\n`);
          if (argv.length > 0) return shell.execute(argv, values, inner, (code) => settle(code, done));
          for (const [name, value] of values) shell.variables.set(name, value);
          settle(0, done);
        };
        assign(0);
      });
    });
  };

  return run;
}
