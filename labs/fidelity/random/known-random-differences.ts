import type { Difference } from '../differences.ts';

/** Lo que un programa al azar enseña y la maqueta no imita. Se publica como las del catálogo. */
export interface KnownRandomDifference {
  line: RegExp;
  /** Solo si lo que sale en el clúster casa con esto. */
  expected?: RegExp;
  why: string;
}

export const knownRandomDifferences: readonly KnownRandomDifference[] = [
  {
    line: /^ControllerRevision .+ \(\d+\.º con ese nombre\)/,
    why: 'Al borrar un conjunto en primer plano, su controlador y el recolector de basura crean y borran la ControllerRevision varias veces: cuántas depende de la prisa de cada uno.',
  },
];

export const isKnownAtRandom = ({ line, expected }: Difference): boolean =>
  knownRandomDifferences.some((row) => row.line.test(line) && (row.expected === undefined || row.expected.test(expected ?? '')));
