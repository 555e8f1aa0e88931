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
    line: /^Pod suelto · (fase|contenedor app|condición Ready|condición ContainersReady|condición Initialized|sucesos de kubelet)$/,
    expected: /Succeeded|Completed\(0\)|Error\(\d+\)|PodCompleted|PodFailed|\bCreated\b/,
    why: 'Un Pod que un ReplicaSet adopta y borra por sobrar, todo en el mismo instante: en el real, el kubelet unas veces llega a arrancarlo y acaba bien, y otras no y acaba Failed. En la maqueta nunca llega.',
  },
];

export const isKnownAtRandom = ({ line, expected }: Difference): boolean =>
  knownRandomDifferences.some((row) => row.line.test(line) && (row.expected === undefined || row.expected.test(expected ?? '')));
