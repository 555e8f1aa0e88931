import type { ControllerRevision, Pod, StatefulSet, StatefulSetStatus } from '../schema/types.generated.ts';
import { isRunningAndAvailable, isRunningAndReady, revisionOf } from './statefulset-pods.ts';

interface Counted {
  set: StatefulSet;
  pods: readonly Pod[];
  current: ControllerRevision;
  update: ControllerRevision;
  collisions: number;
  generation: number;
  now: number;
  /** Los que se acaban de borrar por viejos: aún están en `pods`, y ya no cuentan como actuales, fueran de la revisión que fueran. */
  replaced: number;
}

/** Sigue a stateful_set_control.go (updateStatus) y stateful_set_utils.go (completeRollingUpdate). */
export function statefulSetStatus({ set, pods, current, update, collisions, generation, now, replaced }: Counted): StatefulSetStatus {
  const alive = pods.filter((pod) => !pod.metadata.deletionTimestamp);
  const count = (revision: ControllerRevision) => alive.filter((pod) => revisionOf(pod) === revision.metadata.name).length;
  const ready = pods.filter(isRunningAndReady).length;
  const replicas = set.spec?.replicas ?? 1;
  const updated = count(update);
  // Cuando todas son nuevas y están listas, lo nuevo pasa a ser lo actual. Desde 1.37 también con OnDelete.
  const isDone = updated === replicas && ready === replicas && pods.length === replicas;
  return {
    observedGeneration: generation,
    replicas: pods.length,
    ...nonZero('readyReplicas', ready),
    ...nonZero('currentReplicas', isDone ? updated : count(current) - replaced),
    ...nonZero('updatedReplicas', updated),
    currentRevision: (isDone ? update : current).metadata.name ?? '',
    updateRevision: update.metadata.name ?? '',
    collisionCount: collisions,
    availableReplicas: pods.filter((pod) => isRunningAndAvailable(set, pod, now)).length,
  };
}

const nonZero = <Key extends string>(key: Key, value: number): Partial<Record<Key, number>> => (value !== 0 ? ({ [key]: value } as Record<Key, number>) : {});
