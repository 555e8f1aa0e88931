import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../schema/types.generated.ts';
import { timestamp } from '../world.ts';
import { fencesOf, totalAvailable, totalSize } from './deployment-fences.ts';

/** Recuentos y Available. Sigue a pkg/controller/deployment/sync.go (calculateStatus). */
export function countReplicas(deployment: Deployment, all: readonly ReplicaSet[], fresh: ReplicaSet | undefined, now: number): DeploymentStatus {
  const sum = (field: 'replicas' | 'readyReplicas' | 'terminatingReplicas') => all.reduce((total, set) => total + (set.status?.[field] ?? 0), 0);
  const available = totalAvailable(all);
  const isEnough = available >= (deployment.spec?.replicas ?? 1) - fencesOf(deployment).unavailable;
  const { collisionCount, conditions = [] } = deployment.status ?? {};
  const counts = {
    replicas: sum('replicas'),
    updatedReplicas: fresh?.status?.replicas ?? 0,
    readyReplicas: sum('readyReplicas'),
    availableReplicas: available,
    unavailableReplicas: Math.max(0, totalSize(all) - available),
  };
  return {
    observedGeneration: deployment.metadata.generation ?? 1,
    ...Object.fromEntries(Object.entries(counts).filter(([, value]) => value > 0)),
    terminatingReplicas: sum('terminatingReplicas'),
    conditions: setCondition(
      conditions,
      isEnough
        ? newCondition('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.', now)
        : newCondition('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.', now),
    ),
    ...(collisionCount === undefined ? {} : { collisionCount }),
  };
}

export const newCondition = (type: string, status: 'True' | 'False' | 'Unknown', reason: string, message: string, now: number): DeploymentCondition => ({
  type,
  status,
  lastUpdateTime: timestamp(now),
  lastTransitionTime: timestamp(now),
  reason,
  message,
});

export const conditionOf = (status: DeploymentStatus | undefined, type: string): DeploymentCondition | undefined =>
  status?.conditions?.find((condition) => condition.type === type);

export const withoutCondition = (conditions: readonly DeploymentCondition[], type: string | undefined): DeploymentCondition[] =>
  conditions.filter((condition) => condition.type !== type);

/** Si ya estaba con ese estado y motivo se queda como estaba; si no, va al final. Sigue a SetDeploymentCondition. */
export function setCondition(conditions: readonly DeploymentCondition[], next: DeploymentCondition): DeploymentCondition[] {
  const before = conditions.find(({ type }) => type === next.type);
  if (before && before.status === next.status && before.reason === next.reason) return [...conditions];
  const since = before && before.status === next.status ? before.lastTransitionTime : undefined;
  return [...withoutCondition(conditions, next.type), since === undefined ? next : { ...next, lastTransitionTime: since }];
}

/** Todo es nuevo, está disponible y no queda nada viejo. Sigue a DeploymentComplete. */
export const isComplete = ({ spec, metadata }: Deployment, status: DeploymentStatus | undefined): boolean => {
  const replicas = spec?.replicas ?? 1;
  return (
    (status?.updatedReplicas ?? 0) === replicas &&
    (status?.replicas ?? 0) === replicas &&
    (status?.availableReplicas ?? 0) === replicas &&
    (status?.observedGeneration ?? 0) >= (metadata.generation ?? 1)
  );
};
