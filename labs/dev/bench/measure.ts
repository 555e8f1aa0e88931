import type { Samples } from './statistics.ts';

export type Unit = 'ms' | 'MB' | 'kB';

/** Una cifra ya medida. */
export interface Reading {
  id: string;
  title: string;
  unit: Unit;
  samples: Samples;
  /** Lo más que puede valer la mediana. Sin meta, se enseña y ya está. */
  goal?: number;
  /** Con qué se compara, medido en la misma ejecución. */
  against?: { title: string; median: number };
  /** Algo que tiene que ser verdad además de la cifra: misma semilla, mismo resultado. */
  claims?: readonly { title: string; holds: boolean }[];
}

/** Lo que no se pudo medir, y por qué. */
export interface Missing {
  id: string;
  title: string;
  reason: string;
}

export interface BenchContext {
  /** Carpeta del proyecto. */
  root: string;
  repetitions: number;
  /** Lo que tarda `node -e 0` en esta máquina y en esta ejecución, en ms. */
  nodeStart: number;
  /** Cuenta por dónde va. */
  report(text: string): void;
}

export interface Measure {
  id: string;
  /** Lo que mide, para la lista de `npm run bench lista`. */
  title: string;
  run(context: BenchContext): Promise<readonly (Reading | Missing)[]>;
}

export const isMissing = (result: Reading | Missing): result is Missing => 'reason' in result;

export const meetsGoal = ({ samples, goal, claims = [] }: Reading): boolean =>
  (goal === undefined || samples.median <= goal) && claims.every(({ holds }) => holds);
