import type { Difference } from '../differences.ts';

/** Lo que un programa al azar enseña y la maqueta no imita. Se publica como las del catálogo. */
export interface KnownRandomDifference {
  line: RegExp;
  /** Solo si lo que sale en el clúster casa con esto. */
  expected?: RegExp;
  why: string;
}

export const knownRandomDifferences: readonly KnownRandomDifference[] = [];

export const isKnownAtRandom = ({ line, expected }: Difference): boolean =>
  knownRandomDifferences.some((row) => row.line.test(line) && (row.expected === undefined || row.expected.test(expected ?? '')));
