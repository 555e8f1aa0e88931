import { controllerOf } from '../object.ts';
import type { Deployment, Pod, PodDisruptionBudget, ReplicaSet, StatefulSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { resolveAmount } from './int-or-string.ts';

/** El dueño de un Pod no dice cuántas réplicas quiere: el presupuesto no se puede calcular. */
export class NoScale extends Error {}

export interface ExpectedPods {
  expected: number;
  desired: number;
  /** Hay Pods sin controlador, y el presupuesto depende de lo que digan los controladores. */
  hasUnmanaged: boolean;
}

/** Cuántos Pods debería haber y cuántos deben seguir sanos. */
// Sigue a kubernetes: pkg/controller/disruption/disruption.go (getExpectedPodCount, getExpectedScale).
export function createExpectedPods({ store }: Pick<World, 'store'>) {
  const sets = store.collection<ReplicaSet>('apps/replicasets');
  const deployments = store.collection<Deployment>('apps/deployments');
  const statefulSets = store.collection<StatefulSet>('apps/statefulsets');

  const scaleOf = (pod: Pod): { uid: string; replicas: number } | undefined => {
    const owner = controllerOf(pod);
    if (!owner) return undefined;
    const namespace = pod.metadata.namespace ?? '';
    if (owner.kind === 'StatefulSet') {
      const set = statefulSets.get(namespace, owner.name);
      if (set?.metadata.uid === owner.uid) return { uid: owner.uid, replicas: set.spec?.replicas ?? 1 };
    }
    if (owner.kind === 'ReplicaSet') {
      const set = sets.get(namespace, owner.name);
      const parent = set?.metadata.uid === owner.uid ? controllerOf(set) : undefined;
      if (set?.metadata.uid === owner.uid && parent?.kind !== 'Deployment') return { uid: owner.uid, replicas: set.spec?.replicas ?? 1 };
      const deployment = parent ? deployments.get(namespace, parent.name) : undefined;
      if (deployment && parent && deployment.metadata.uid === parent.uid) return { uid: parent.uid, replicas: deployment.spec?.replicas ?? 1 };
    }
    const plural = withoutScale[owner.kind];
    throw new NoScale(plural ? `${plural} does not implement the scale subresource` : `found no controllers for pod "${pod.metadata.name}"`);
  };

  const total = (pods: readonly Pod[]): { expected: number; hasUnmanaged: boolean } => {
    const byOwner = new Map<string, number>();
    let hasUnmanaged = false;
    for (const pod of pods) {
      const owner = controllerOf(pod);
      if (!owner) hasUnmanaged = true;
      else if (!byOwner.has(owner.uid)) {
        const scale = scaleOf(pod);
        if (scale) byOwner.set(scale.uid, scale.replicas);
      }
    }
    return { expected: [...byOwner.values()].reduce((sum, replicas) => sum + replicas, 0), hasUnmanaged };
  };

  return ({ spec }: PodDisruptionBudget, pods: readonly Pod[]): ExpectedPods => {
    const { minAvailable, maxUnavailable } = spec ?? {};
    if (maxUnavailable !== undefined) {
      const counted = total(pods);
      return { ...counted, desired: Math.max(0, counted.expected - resolveAmount(maxUnavailable, counted.expected, 'up')) };
    }
    if (typeof minAvailable === 'string') {
      const counted = total(pods);
      return { ...counted, desired: resolveAmount(minAvailable, counted.expected, 'up') };
    }
    return { expected: minAvailable === undefined ? 0 : pods.length, desired: minAvailable ?? 0, hasUnmanaged: false };
  };
}

const withoutScale: Readonly<Record<string, string>> = { DaemonSet: 'daemonsets.apps', Job: 'jobs.batch' };
