import { ApiError } from '../registry/api-error.ts';
import { replaceCondition } from '../registry/replace-condition.ts';
import type { Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import type { PodInfo } from './pod-info.ts';
import { schedulerSource } from './report-failure.ts';

/** Echa a las víctimas: condición DisruptionTarget, borrado con su gracia y suceso Preempted. */
// Sigue a kube-scheduler: framework/preemption/executor.go.
export function evictVictims(world: World, preemptor: PodInfo, victims: readonly PodInfo[], nodeName: string): void {
  for (const { namespace, name, uid } of victims) {
    const victim = world.store.collection<Pod>('pods').get(namespace, name);
    if (!victim || victim.metadata.uid !== uid) continue;
    const condition = {
      type: 'DisruptionTarget',
      status: 'True',
      reason: 'PreemptionByScheduler',
      message: `${preemptor.spec.schedulerName ?? 'default-scheduler'}: preempting to accommodate a higher priority pod`,
      lastTransitionTime: timestamp(world.clock.now()),
      ...(victim.metadata.generation === undefined ? {} : { observedGeneration: victim.metadata.generation }),
    };
    try {
      world.registry.updateStatus('pods', {
        ...victim,
        status: { ...victim.status, conditions: replaceCondition(victim.status?.conditions ?? [], condition) },
      });
      world.registry.delete('pods', namespace, name, { preconditions: { uid } });
    } catch (error) {
      if (error instanceof ApiError && error.code === 404) continue;
      throw error;
    }
    world.events.record(victim, 'Normal', 'Preempted', `Preempted by pod ${preemptor.uid} on node ${nodeName}`, schedulerSource);
  }
}
