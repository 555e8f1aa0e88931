import type { DaemonSet, DaemonSetStatus, Node, Pod } from '../schema/types.generated.ts';
import type { Suitability } from './daemonset-nodes.ts';
import { byAge, isUpdated } from './daemonset-pods.ts';
import { isAvailable, isReady } from './pods.ts';

interface Counted {
  set: DaemonSet;
  nodes: Iterable<Node>;
  byNode: ReadonlyMap<string, readonly Pod[]>;
  suitability(node: Node): Suitability;
  hash: string;
  collisions: number;
  now: number;
}

/** De cada nodo cuenta el Pod más viejo. Sigue a kubernetes: pkg/controller/daemon/daemon_controller.go (updateDaemonSetStatus). */
export function daemonSetStatus({ set, nodes, byNode, suitability, hash, collisions, now }: Counted): DaemonSetStatus {
  const count = { desired: 0, current: 0, misscheduled: 0, ready: 0, updated: 0, available: 0 };
  for (const node of nodes) {
    const [pod] = [...(byNode.get(node.metadata.name ?? '') ?? [])].sort(byAge);
    if (!suitability(node).shouldRun) {
      if (pod) count.misscheduled += 1;
      continue;
    }
    count.desired += 1;
    if (!pod) continue;
    count.current += 1;
    if (isReady(pod)) count.ready += 1;
    if (isAvailable(pod, set.spec?.minReadySeconds ?? 0, now)) count.available += 1;
    if (isUpdated(set, pod, hash)) count.updated += 1;
  }
  const unavailable = count.desired - count.available;
  return {
    currentNumberScheduled: count.current,
    numberMisscheduled: count.misscheduled,
    desiredNumberScheduled: count.desired,
    numberReady: count.ready,
    observedGeneration: set.metadata.generation ?? 1,
    ...(count.updated > 0 ? { updatedNumberScheduled: count.updated } : {}),
    ...(count.available > 0 ? { numberAvailable: count.available } : {}),
    ...(unavailable > 0 ? { numberUnavailable: unavailable } : {}),
    ...(collisions > 0 ? { collisionCount: collisions } : {}),
  };
}
