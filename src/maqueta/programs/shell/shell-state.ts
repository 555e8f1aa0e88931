import type { ProcessContext, Signal } from '../program.ts';
import type { Command } from './syntax.ts';

export interface Streams {
  stdin: string;
  out(text: string): void;
  err(text: string): void;
}

export type Done = (code: number) => void;

/** Un `sh` en marcha: lo que comparten sus piezas. */
export interface Shell {
  readonly context: ProcessContext;
  /** La entrada y las salidas del propio `sh`. */
  readonly base: Streams;
  readonly variables: Map<string, string>;
  readonly exported: Set<string>;
  readonly traps: Map<Signal, string>;
  readonly background: Set<object>;
  directory: string;
  lastCode: number;
  /** `$0`, `$1`… */
  parameters: readonly string[];
  stopsOnError: boolean;
  /** `set -x`: escribe cada orden antes de hacerla. */
  tellsCommands: boolean;
  pendingTrap: string | undefined;
  /** Despierta a un `wait`. */
  wake: (() => void) | undefined;
  run(command: Command, streams: Streams, done: Done): void;
  parse(script: string): Command;
  execute(argv: readonly string[], extra: readonly [string, string][], streams: Streams, done: Done): void;
  exit(code: number): void;
  /** Se equivocó quien escribió el guion: lo dice y acaba con 2. */
  fail(message: string): void;
}
