import type { ControllerRevision, Pod, StatefulSet } from '../schema/types.generated.ts';
import { resolveAmount } from './int-or-string.ts';
import { isOrdered, isUnavailable, revisionOf } from './statefulset-pods.ts';

/**
 * A quiénes toca borrar para que vuelvan con la versión nueva, de mayor a menor ordinal.
 * `replicas` son los Pods que hay, por ordinal: llegados aquí, con OrderedReady no falta ninguno.
 * Sigue a stateful_set_control.go (updateStatefulSetAfterInvariantEstablished, con la corrección de #137666).
 */
export function podsToUpdate(set: StatefulSet, replicas: readonly (Pod | undefined)[], update: ControllerRevision, now: number): Pod[] {
  const { partition = 0, maxUnavailable = 1 } = set.spec?.updateStrategy?.rollingUpdate ?? {};
  const limit = Math.max(1, resolveAmount(maxUnavailable, replicas.length, 'down'));
  const unavailable = replicas.filter((pod) => !pod || isUnavailable(set, pod, now)).length;
  const isOld = (pod: Pod) => revisionOf(pod) !== update.metadata.name && !pod.metadata.deletionTimestamp;
  const highestFirst = replicas
    .slice(partition)
    .filter((pod) => pod !== undefined)
    .reverse();
  const budget = Math.max(0, limit - unavailable);
  if (isOrdered(set)) return highestFirst.filter(isOld).slice(0, budget);
  // En paralelo, un Pod viejo que ya estaba roto no gasta presupuesto: borrarlo no quita servicio a nadie.
  const broken = highestFirst.filter((pod) => isOld(pod) && isUnavailable(set, pod, now));
  const healthy = highestFirst.filter((pod) => isOld(pod) && !isUnavailable(set, pod, now));
  return [...broken, ...healthy.slice(0, budget)];
}
