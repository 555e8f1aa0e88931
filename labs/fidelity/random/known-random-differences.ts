import type { Difference } from '../differences.ts';

/** Lo que un programa al azar enseña y la maqueta no imita. Se publica como las del catálogo. */
export interface KnownRandomDifference {
  line: RegExp;
  /** Solo si lo que sale en el clúster casa con esto. */
  expected?: RegExp;
  /** Y solo si lo que sale en la maqueta casa con esto. */
  found?: RegExp;
  why: string;
}

export const knownRandomDifferences: readonly KnownRandomDifference[] = [
  {
    line: /^Pod suelto · (fase|contenedor app|condición Ready|condición ContainersReady|condición Initialized|sucesos de kubelet)$/,
    expected: /Succeeded|Completed\(0\)|Error\(\d+\)|PodCompleted|PodFailed|\bCreated\b/,
    why: 'Un Pod que un ReplicaSet adopta y borra por sobrar, todo en el mismo instante: en el real, el kubelet unas veces llega a arrancarlo y acaba bien, y otras no y acaba Failed. En la maqueta nunca llega.',
  },
  {
    line: /^Deployment \S+ · condición Progressing$/,
    expected: /^×1 True \(NewReplicaSetCreated: /,
    found: /^×1 True \(ReplicaSetUpdated: /,
    why: 'Una plantilla nueva que no llega a estar lista. El controlador guarda la condición y, con la copia que ya no vale, su estado choca y se deja para otra vuelta (pkg/controller/deployment/sync.go); si para entonces el ReplicaSet ya ha apuntado su Pod, el número de actualizadas no ha subido y Progressing se queda en NewReplicaSetCreated. Pasa con la máquina muy ocupada; en la maqueta siempre llega a ReplicaSetUpdated.',
  },
];

export const isKnownAtRandom = ({ line, expected, found }: Difference): boolean =>
  knownRandomDifferences.some((row) => row.line.test(line) && matches(row.expected, expected) && matches(row.found, found));

const matches = (pattern: RegExp | undefined, value: string | undefined): boolean => pattern === undefined || pattern.test(value ?? '');
