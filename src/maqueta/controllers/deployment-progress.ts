import type { Deployment, DeploymentCondition, DeploymentStatus, ReplicaSet } from '../schema/types.generated.ts';
import { conditionOf, isComplete, newCondition, setCondition, withoutCondition } from './deployment-status.ts';

const noDeadline = 2_147_483_647;

export const hasDeadline = ({ spec }: Deployment): boolean => spec?.progressDeadlineSeconds !== undefined && spec.progressDeadlineSeconds !== noDeadline;

/** Progressing y ReplicaFailure durante una actualización. Sigue a pkg/controller/deployment/progress.go (syncRolloutStatus). */
export function withProgress(
  deployment: Deployment,
  status: DeploymentStatus,
  all: readonly ReplicaSet[],
  fresh: ReplicaSet | undefined,
  now: number,
): DeploymentStatus {
  const conditions = withFailure(progressing(deployment, status, fresh, now), all, fresh);
  return { ...status, conditions };
}

function progressing(deployment: Deployment, status: DeploymentStatus, fresh: ReplicaSet | undefined, now: number): DeploymentCondition[] {
  const conditions = status.conditions ?? [];
  if (!hasDeadline(deployment)) return withoutCondition(conditions, 'Progressing');
  const current = conditionOf(deployment.status, 'Progressing');
  if (current?.reason === 'NewReplicaSetAvailable' && (status.replicas ?? 0) === (status.updatedReplicas ?? 0)) return conditions;
  const subject = fresh ? `ReplicaSet "${fresh.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  if (isComplete(deployment, status)) {
    return setCondition(conditions, newCondition('Progressing', 'True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`, now));
  }
  if (hasMoved(deployment.status, status)) {
    const next = newCondition('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, now);
    const kept = current?.status === 'True' && current.lastTransitionTime ? { lastTransitionTime: current.lastTransitionTime } : {};
    return [...withoutCondition(conditions, 'Progressing'), { ...next, ...kept }];
  }
  if (hasTimedOut(deployment, now)) {
    return setCondition(conditions, newCondition('Progressing', 'False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`, now));
  }
  return conditions;
}

/** Sigue a deployment_util.go (DeploymentProgressing). */
function hasMoved(before: DeploymentStatus | undefined, after: DeploymentStatus): boolean {
  const count = (status: DeploymentStatus | undefined, field: 'replicas' | 'updatedReplicas' | 'readyReplicas' | 'availableReplicas') => status?.[field] ?? 0;
  const old = (status: DeploymentStatus | undefined) => count(status, 'replicas') - count(status, 'updatedReplicas');
  return (
    count(after, 'updatedReplicas') > count(before, 'updatedReplicas') ||
    old(after) < old(before) ||
    count(after, 'readyReplicas') > count(before, 'readyReplicas') ||
    count(after, 'availableReplicas') > count(before, 'availableReplicas')
  );
}

/** Sigue a deployment_util.go (DeploymentTimedOut). */
function hasTimedOut(deployment: Deployment, now: number): boolean {
  const condition = conditionOf(deployment.status, 'Progressing');
  if (!condition || condition.reason === 'NewReplicaSetAvailable') return false;
  return condition.reason === 'ProgressDeadlineExceeded' || expiryOf(deployment, condition) < now;
}

const expiryOf = ({ spec }: Deployment, condition: DeploymentCondition): number =>
  Date.parse(condition.lastUpdateTime ?? '') + (spec?.progressDeadlineSeconds ?? 0) * 1000;

/** En cuánto hay que volver a mirar si se ha atascado. Sigue a progress.go (requeueStuckDeployment). */
export function progressCheckIn(deployment: Deployment, now: number): number | undefined {
  const condition = conditionOf(deployment.status, 'Progressing');
  if (!condition || !hasDeadline(deployment)) return undefined;
  if (isComplete(deployment, deployment.status) || condition.reason === 'ProgressDeadlineExceeded') return undefined;
  // Un segundo de más por el grano de las fechas.
  return Math.max(0, expiryOf(deployment, condition) - now) + 1000;
}

/** Lo que impide crear Pods se cuenta también en el Deployment: primero, lo del ReplicaSet nuevo. */
function withFailure(conditions: readonly DeploymentCondition[], all: readonly ReplicaSet[], fresh: ReplicaSet | undefined): DeploymentCondition[] {
  const failureOf = (set: ReplicaSet | undefined) => set?.status?.conditions?.find(({ type }) => type === 'ReplicaFailure');
  const failure = failureOf(fresh) ?? all.map(failureOf).find((found) => found !== undefined);
  if (!failure) return withoutCondition(conditions, 'ReplicaFailure');
  return setCondition(conditions, { ...failure, ...(failure.lastTransitionTime ? { lastUpdateTime: failure.lastTransitionTime } : {}) } as DeploymentCondition);
}

/** Pausar y reanudar paran y reinician la cuenta. Sigue a sync.go (checkPausedConditions). `undefined` si no cambia nada. */
export function pauseCondition(deployment: Deployment, now: number): DeploymentCondition | undefined {
  if (!hasDeadline(deployment)) return undefined;
  const current = conditionOf(deployment.status, 'Progressing');
  if (current?.reason === 'ProgressDeadlineExceeded') return undefined;
  const wasPaused = current?.reason === 'DeploymentPaused';
  const isPaused = deployment.spec?.paused ?? false;
  if (isPaused === wasPaused) return undefined;
  return isPaused
    ? newCondition('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused', now)
    : newCondition('Progressing', 'Unknown', 'DeploymentResumed', 'Deployment is resumed', now);
}
