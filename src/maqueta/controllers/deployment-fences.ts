import type { Deployment, ReplicaSet } from '../schema/types.generated.ts';
import { resolveAmount } from './int-or-string.ts';

/** Cuántos pueden sobrar y cuántos faltar. Sigue a pkg/controller/deployment/util/deployment_util.go (ResolveFenceposts). */
export function fencesOf({ spec }: Deployment): { surge: number; unavailable: number } {
  const replicas = spec?.replicas ?? 1;
  if (spec?.strategy?.type === 'Recreate') return { surge: 0, unavailable: 0 };
  const { maxSurge = '25%', maxUnavailable = '25%' } = spec?.strategy?.rollingUpdate ?? {};
  const surge = resolveAmount(maxSurge, replicas, 'up');
  const amount = resolveAmount(maxUnavailable, replicas, 'down');
  // Los dos a cero no dejarían avanzar.
  const unavailable = surge === 0 && amount === 0 ? 1 : amount;
  return { surge, unavailable: replicas === 0 ? 0 : Math.min(unavailable, replicas) };
}

export const sizeOf = (set: ReplicaSet): number => set.spec?.replicas ?? 0;

export const totalSize = (sets: readonly ReplicaSet[]): number => sets.reduce((sum, set) => sum + sizeOf(set), 0);

export const totalAvailable = (sets: readonly ReplicaSet[]): number => sets.reduce((sum, set) => sum + (set.status?.availableReplicas ?? 0), 0);

export const isInUse = (set: ReplicaSet): boolean => sizeOf(set) > 0;

/** Tamaño que le toca al ReplicaSet nuevo sin pasarse del tope. Sigue a NewRSNewReplicas. */
export function newReplicas(deployment: Deployment, all: readonly ReplicaSet[], current: number): number {
  const replicas = deployment.spec?.replicas ?? 1;
  if (deployment.spec?.strategy?.type === 'Recreate') return replicas;
  const limit = replicas + fencesOf(deployment).surge;
  const total = totalSize(all);
  return total >= limit ? current : current + Math.min(limit - total, replicas - current);
}

/** Los de la misma fecha (grano de un segundo), por nombre. */
export const oldestFirst = (a: ReplicaSet, b: ReplicaSet): number =>
  compareText(a.metadata.creationTimestamp, b.metadata.creationTimestamp) || compareText(a.metadata.name, b.metadata.name);

export const newestFirst = (a: ReplicaSet, b: ReplicaSet): number =>
  compareText(b.metadata.creationTimestamp, a.metadata.creationTimestamp) || compareText(a.metadata.name, b.metadata.name);

const compareText = (a = '', b = ''): number => (a < b ? -1 : a > b ? 1 : 0);
