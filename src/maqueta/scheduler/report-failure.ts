import { replaceCondition } from '../registry/replace-condition.ts';
import type { Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { truncateNote } from './fit-message.ts';

export const schedulerSource = { component: 'default-scheduler' };

/** Por qué no se pudo asignar: un suceso FailedScheduling y la condición PodScheduled con el mismo texto. */
// Sigue a kube-scheduler: schedule_one.go (handleSchedulingFailure).
export function reportFailure(world: World, pod: Pod, reason: 'Unschedulable' | 'SchedulerError', message: string, nominated: string | undefined): void {
  world.events.record(pod, 'Warning', 'FailedScheduling', truncateNote(message), schedulerSource);
  const { namespace = '', name = '', generation } = pod.metadata;
  const current = world.store.collection<Pod>('pods').get(namespace, name);
  if (!current || current.metadata.uid !== pod.metadata.uid || current.spec?.nodeName) return;
  const { conditions = [], nominatedNodeName: _before, ...status } = current.status ?? {};
  world.registry.updateStatus('pods', {
    ...current,
    status: {
      ...status,
      ...(nominated ? { nominatedNodeName: nominated } : {}),
      conditions: replaceCondition(conditions, {
        type: 'PodScheduled',
        status: 'False',
        reason,
        message,
        lastTransitionTime: timestamp(world.clock.now()),
        ...(generation === undefined ? {} : { observedGeneration: generation }),
      }),
    },
  });
}
