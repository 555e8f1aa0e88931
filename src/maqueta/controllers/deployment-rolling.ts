import type { Deployment, ReplicaSet } from '../schema/types.generated.ts';
import { fencesOf, isInUse, newReplicas, oldestFirst, sizeOf, totalAvailable, totalSize } from './deployment-fences.ts';
import type { DeploymentSets } from './deployment-sets.ts';

/** Un paso de RollingUpdate: crece el nuevo o encogen los viejos. Devuelve si no había nada que mover. Sigue a rolling.go. */
export function rollOut(deployment: Deployment, all: DeploymentSets): boolean {
  const fresh = all.syncNew(true);
  if (!fresh) return false;
  const wanted = sizeOf(fresh) > all.replicas ? all.replicas : newReplicas(deployment, all.list(), sizeOf(fresh));
  if (sizeOf(fresh) !== all.replicas && wanted !== sizeOf(fresh)) {
    all.resize(fresh, wanted);
    return false;
  }
  return !shrinkOld(deployment, all, fresh);
}

/** Primero los que no están sanos; después, los viejos sanos sin bajar de lo disponible. Devuelve si quitó alguno. */
function shrinkOld(deployment: Deployment, all: DeploymentSets, fresh: ReplicaSet): boolean {
  const old = all.old().filter(isInUse);
  if (old.length === 0) return false;
  const minAvailable = all.replicas - fencesOf(deployment).unavailable;
  const unavailable = sizeOf(fresh) - (fresh.status?.availableReplicas ?? 0);
  const budget = totalSize(all.list()) - minAvailable - unavailable;
  if (budget <= 0) return false;
  const removed = cut(all, old, budget, (set) => sizeOf(set) - (set.status?.availableReplicas ?? 0));
  const spare = totalAvailable(all.list()) - minAvailable;
  return removed + cut(all, all.old().filter(isInUse), spare, sizeOf) > 0;
}

/** Quita hasta `limit` réplicas empezando por el más viejo, y de cada uno como mucho lo que diga `most`. */
function cut(all: DeploymentSets, sets: readonly ReplicaSet[], limit: number, most: (set: ReplicaSet) => number): number {
  let removed = 0;
  for (const set of [...sets].sort(oldestFirst)) {
    const amount = Math.min(limit - removed, most(set), sizeOf(set));
    if (amount <= 0) continue;
    all.resize(set, sizeOf(set) - amount);
    removed += amount;
  }
  return removed;
}
