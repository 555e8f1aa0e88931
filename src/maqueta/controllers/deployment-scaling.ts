import type { Deployment, ReplicaSet } from '../schema/types.generated.ts';
import { fencesOf, isInUse, newestFirst, oldestFirst, sizeOf, totalSize } from './deployment-fences.ts';
import { desiredOf, maxOf } from './deployment-revisions.ts';

/** ¿Ha cambiado `replicas` desde el último reparto? Sigue a sync.go (isScalingEvent). */
export const isScaling = ({ spec }: Deployment, all: readonly ReplicaSet[]): boolean =>
  all.some((set) => isInUse(set) && desiredOf(set) !== undefined && desiredOf(set) !== (spec?.replicas ?? 1));

/**
 * Tamaño nuevo de cada ReplicaSet al cambiar `replicas`. A media actualización se reparte en proporción,
 * para no acelerar una versión que puede estar rota. Sigue a sync.go (scale).
 */
export function planScaling(deployment: Deployment, fresh: ReplicaSet | undefined, old: readonly ReplicaSet[]): [ReplicaSet, number][] {
  const replicas = deployment.spec?.replicas ?? 1;
  const all = fresh ? [...old, fresh] : [...old];
  const inUse = all.filter(isInUse);
  if (inUse.length <= 1) {
    const target = inUse[0] ?? fresh ?? [...old].sort(newestFirst)[0];
    return target ? [[target, replicas]] : [];
  }
  if (fresh && isSaturated(deployment, fresh)) return old.filter(isInUse).map((set) => [set, 0]);
  if (deployment.spec?.strategy?.type === 'Recreate') return [];
  const allowed = replicas > 0 ? replicas + fencesOf(deployment).surge : 0;
  const change = allowed - totalSize(inUse);
  const bySize = (tie: (a: ReplicaSet, b: ReplicaSet) => number) => (a: ReplicaSet, b: ReplicaSet) => sizeOf(b) - sizeOf(a) || tie(a, b);
  const sorted = [...inUse].sort(bySize(change > 0 ? newestFirst : oldestFirst));
  let done = 0;
  const sizes = sorted.map((set) => {
    const share = shareOf(deployment, set, change, done);
    done += share;
    return sizeOf(set) + share;
  });
  // Lo que sobra o falta por los redondeos, al más grande.
  if (change !== 0) sizes[0] = Math.max(0, (sizes[0] ?? 0) + change - done);
  return sorted.map((set, index) => [set, sizes[index] ?? 0]);
}

/** Sigue a deployment_util.go (IsSaturated). */
function isSaturated({ spec }: Deployment, fresh: ReplicaSet): boolean {
  const replicas = spec?.replicas ?? 1;
  return sizeOf(fresh) === replicas && desiredOf(fresh) === replicas && (fresh.status?.availableReplicas ?? 0) === replicas;
}

/** Sigue a deployment_util.go (GetReplicaSetProportion y getReplicaSetFraction). */
function shareOf(deployment: Deployment, set: ReplicaSet, change: number, done: number): number {
  if (change === 0 || change === done) return 0;
  const replicas = deployment.spec?.replicas ?? 1;
  const before = maxOf(set) || (deployment.status?.replicas ?? 0);
  const fraction = replicas === 0 ? -sizeOf(set) : roundAway((sizeOf(set) * (replicas + fencesOf(deployment).surge)) / before) - sizeOf(set);
  return change > 0 ? Math.min(fraction, change - done) : Math.max(fraction, change - done);
}

/** El medio, hacia arriba. Los tamaños nunca son negativos. */
const roundAway = (value: number): number => Math.floor(value + 0.5);
