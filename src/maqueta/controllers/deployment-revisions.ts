import { isEqual } from '../registry/equal.ts';
import type { Deployment, ReplicaSet } from '../schema/types.generated.ts';
import { fencesOf, oldestFirst } from './deployment-fences.ts';

export const revisionAnnotation = 'deployment.kubernetes.io/revision';
const historyAnnotation = 'deployment.kubernetes.io/revision-history';
const desiredAnnotation = 'deployment.kubernetes.io/desired-replicas';
const maxAnnotation = 'deployment.kubernetes.io/max-replicas';

/** Las que son de cada revisión, no del Deployment. Sigue a deployment_util.go (annotationsToSkip). */
const own: ReadonlySet<string> = new Set([
  'kubectl.kubernetes.io/last-applied-configuration',
  revisionAnnotation,
  historyAnnotation,
  desiredAnnotation,
  maxAnnotation,
  'deprecated.deployment.rollback.to',
]);

/** Un `int64`: no cabe en un `number`. Lo que no es un entero vale 0. Sigue a deployment_util.go (Revision). */
export const revisionOf = (set: ReplicaSet): bigint => readRevision(set.metadata.annotations?.[revisionAnnotation]);

export const maxRevision = (sets: readonly ReplicaSet[]): bigint => sets.map(revisionOf).reduce((last, one) => (one > last ? one : last), 0n);

export const byRevision = (a: ReplicaSet, b: ReplicaSet): number => (revisionOf(a) < revisionOf(b) ? -1 : revisionOf(a) > revisionOf(b) ? 1 : 0);

const readRevision = (text = ''): bigint => (/^[+-]?\d+$/.test(text) ? BigInt(text.replace('+', '')) : 0n);

export const desiredOf = (set: ReplicaSet): number | undefined => numberIn(set, desiredAnnotation);
export const maxOf = (set: ReplicaSet): number | undefined => numberIn(set, maxAnnotation);

const numberIn = (set: ReplicaSet, annotation: string): number | undefined => {
  const text = set.metadata.annotations?.[annotation];
  return text === undefined ? undefined : Number(text);
};

/** El ReplicaSet cuya plantilla es la del Deployment, sin contar el hash: el más viejo si hay varios. Sigue a FindNewReplicaSet. */
export const findNew = (deployment: Deployment, all: readonly ReplicaSet[]): ReplicaSet | undefined =>
  [...all].sort(oldestFirst).find((set) => isSameTemplate(set, deployment));

export function isSameTemplate(set: ReplicaSet, { spec }: Deployment): boolean {
  const { 'pod-template-hash': _hash, ...labels } = set.spec?.template?.metadata?.labels ?? {};
  const { 'pod-template-hash': _other, ...wanted } = spec?.template?.metadata?.labels ?? {};
  return isEqual(
    { ...set.spec?.template, metadata: { ...set.spec?.template?.metadata, labels } },
    { ...spec?.template, metadata: { ...spec?.template?.metadata, labels: wanted } },
  );
}

/** Anotaciones del ReplicaSet nuevo: las del Deployment y su número de revisión. Sigue a SetNewReplicaSetAnnotations. */
export function newSetAnnotations(deployment: Deployment, before: Readonly<Record<string, string>>, revision: bigint): Record<string, string> {
  const copied = Object.entries(deployment.metadata.annotations ?? {}).filter(([key]) => !own.has(key));
  const annotations = { ...before, ...Object.fromEntries(copied) };
  const last = before[revisionAnnotation];
  if (last !== undefined && readRevision(last) >= revision) return annotations;
  // Volver a una versión anterior le da un número nuevo y guarda los que tuvo.
  const past = last === undefined ? [] : [...(before[historyAnnotation]?.split(',') ?? []), last];
  return { ...annotations, [revisionAnnotation]: String(revision), ...(past.length > 0 ? { [historyAnnotation]: past.join(',') } : {}) };
}

/** Con cuántas réplicas se repartió la última vez. Sigue a SetReplicasAnnotations. */
export function sizeAnnotations(deployment: Deployment): Record<string, string> {
  const replicas = deployment.spec?.replicas ?? 1;
  return { [desiredAnnotation]: String(replicas), [maxAnnotation]: String(replicas + fencesOf(deployment).surge) };
}
