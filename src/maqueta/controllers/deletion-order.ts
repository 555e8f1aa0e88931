import type { Pod } from '../schema/types.generated.ts';
import { isReady, readySince } from './pods.ts';

const phases = ['Pending', 'Unknown', 'Running'];

/**
 * Orden en que se van los que sobran. `neighbours` dice cuántos Pods del mismo trabajo hay en el nodo de cada uno.
 * Los tiempos se comparan por cubos logarítmicos: si caen en el mismo, decide el UID, que es azar.
 * Sigue a pkg/controller/controller_utils.go (ActivePodsWithRanks).
 */
export const compareForDeletion =
  (now: number, neighbours: (pod: Pod) => number) =>
  (a: Pod, b: Pod): number => {
    const byState =
      Number(Boolean(a.spec?.nodeName)) - Number(Boolean(b.spec?.nodeName)) ||
      phaseOf(a) - phaseOf(b) ||
      Number(isReady(a)) - Number(isReady(b)) ||
      costOf(a) - costOf(b) ||
      neighbours(b) - neighbours(a);
    if (byState !== 0) return byState;
    const readyA = readySince(a) ?? 0;
    const readyB = readySince(b) ?? 0;
    if (isReady(a) && readyA !== readyB) return bucket(now - readyA) - bucket(now - readyB) || byUid(a, b);
    const restarts = restartsOf(b) - restartsOf(a);
    if (restarts !== 0) return restarts;
    const createdA = Date.parse(a.metadata.creationTimestamp ?? '');
    const createdB = Date.parse(b.metadata.creationTimestamp ?? '');
    return createdA === createdB ? byUid(a, b) : bucket(now - createdA) - bucket(now - createdB) || byUid(a, b);
  };

const phaseOf = (pod: Pod): number => phases.indexOf(pod.status?.phase ?? 'Pending');

const costOf = (pod: Pod): number => {
  const cost = pod.metadata.annotations?.['controller.kubernetes.io/pod-deletion-cost'] ?? '0';
  // Un coste mal escrito vale 0.
  return /^-?\d+$/.test(cost) ? Number(cost) : 0;
};

/** Logaritmo entero en base 2 de los nanosegundos, como el real. */
const bucket = (age: number): number => (age <= 0 ? -1 : Math.floor(Math.log2(age * 1e6)));

const byUid = (a: Pod, b: Pod): number => ((a.metadata.uid ?? '') < (b.metadata.uid ?? '') ? -1 : 1);

const restartsOf = (pod: Pod): number => Math.max(0, ...(pod.status?.containerStatuses ?? []).map(({ restartCount }) => restartCount));
