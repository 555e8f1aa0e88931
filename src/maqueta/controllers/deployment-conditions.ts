import type { Deployment, DeploymentCondition, ReplicaSet } from '../schema/types.generated.ts';
import { timestamp } from '../world.ts';

interface Situation {
  deployment: Deployment;
  fresh: ReplicaSet | undefined;
  counts: { replicas: number; updatedReplicas: number; availableReplicas: number };
  unavailable: number;
  now: number;
}

/** Available y Progressing con los motivos y textos del real. Sigue a pkg/controller/deployment/{sync,progress}.go. */
export function deploymentConditions({ deployment, fresh, counts, unavailable, now }: Situation): { conditions: DeploymentCondition[]; checkAfter?: number } {
  const before = deployment.status?.conditions ?? [];
  const replicas = deployment.spec?.replicas ?? 1;
  const stamp = timestamp(now);
  const set = (type: string, status: string, reason: string, message: string, touch = false): DeploymentCondition => {
    const old = before.find((condition) => condition.type === type);
    if (old && old.status === status && old.reason === reason && old.message === message && !touch) return old;
    return { type, status, lastUpdateTime: stamp, lastTransitionTime: old?.status === status ? (old.lastTransitionTime ?? stamp) : stamp, reason, message };
  };
  const available =
    counts.availableReplicas >= replicas - unavailable
      ? set('Available', 'True', 'MinimumReplicasAvailable', 'Deployment has minimum availability.')
      : set('Available', 'False', 'MinimumReplicasUnavailable', 'Deployment does not have minimum availability.');
  const deadline = deployment.spec?.progressDeadlineSeconds;
  const old = before.find((condition) => condition.type === 'Progressing');
  const subject = fresh ? `ReplicaSet "${fresh.metadata.name}"` : `Deployment "${deployment.metadata.name}"`;
  const isComplete = counts.updatedReplicas === replicas && counts.replicas === replicas && counts.availableReplicas === replicas;
  const status = deployment.status ?? {};
  const hasMoved =
    counts.updatedReplicas > (status.updatedReplicas ?? 0) ||
    counts.replicas - counts.updatedReplicas < (status.replicas ?? 0) - (status.updatedReplicas ?? 0) ||
    counts.availableReplicas > (status.availableReplicas ?? 0);
  let progressing: DeploymentCondition;
  let checkAfter: number | undefined;
  if (deployment.spec?.paused) progressing = set('Progressing', 'Unknown', 'DeploymentPaused', 'Deployment is paused');
  else if (isComplete) progressing = set('Progressing', 'True', 'NewReplicaSetAvailable', `${subject} has successfully progressed.`);
  else if (!old || (old.reason === 'NewReplicaSetAvailable' && counts.updatedReplicas < replicas) || old.reason === 'DeploymentPaused') {
    progressing = set(
      'Progressing',
      'True',
      fresh && !old ? 'NewReplicaSetCreated' : 'ReplicaSetUpdated',
      fresh && !old ? `Created new replica set "${fresh.metadata.name}"` : `${subject} is progressing.`,
      true,
    );
  } else if (hasMoved) progressing = set('Progressing', 'True', 'ReplicaSetUpdated', `${subject} is progressing.`, true);
  else progressing = old;
  if (deadline !== undefined && deadline < 2147483647 && !isComplete && progressing.status === 'True' && progressing.reason !== 'NewReplicaSetAvailable') {
    const expires = Date.parse(progressing.lastUpdateTime ?? stamp) + deadline * 1000;
    if (expires <= now) progressing = set('Progressing', 'False', 'ProgressDeadlineExceeded', `${subject} has timed out progressing.`);
    else checkAfter = expires - now + 1000;
  }
  const others = before.filter(({ type }) => type !== 'Available' && type !== 'Progressing');
  return { conditions: [...others, available, progressing], ...(checkAfter === undefined ? {} : { checkAfter }) };
}
