import type { Node, Taint } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

const unschedulable = 'node.kubernetes.io/unschedulable';

/** De cada condición, qué taint le toca según su estado. */
const byCondition: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  Ready: { False: 'node.kubernetes.io/not-ready', Unknown: 'node.kubernetes.io/unreachable' },
  MemoryPressure: { True: 'node.kubernetes.io/memory-pressure' },
  DiskPressure: { True: 'node.kubernetes.io/disk-pressure' },
  NetworkUnavailable: { True: 'node.kubernetes.io/network-unavailable' },
  PIDPressure: { True: 'node.kubernetes.io/pid-pressure' },
};
const owned = new Set([unschedulable, ...Object.values(byCondition).flatMap((keys) => Object.values(keys))]);

/** Los taints NoSchedule que dicen con un taint lo que ya dicen las condiciones del nodo, y el de un nodo acordonado. */
// Sigue a kubernetes: node_lifecycle_controller.go (doNoScheduleTaintingPass).
export function startNoScheduleTaints({ store, registry, clock }: World): void {
  const nodes = store.collection<Node>('nodes');
  const queue = createWorkQueue(clock, 10, reconcile);
  nodes.onChange(({ type, object, before }) => {
    if (type === 'DELETED' || (before && before.status?.conditions === object.status?.conditions && before.spec === object.spec)) return;
    queue.add(object.metadata.name ?? '');
  });

  function reconcile(name: string): void {
    const node = nodes.get('', name);
    if (!node) return;
    const wanted = new Set([
      ...(node.status?.conditions ?? []).flatMap(({ type, status }) => byCondition[type]?.[status] ?? []),
      ...(node.spec?.unschedulable ? [unschedulable] : []),
    ]);
    const before = node.spec?.taints ?? [];
    const isOurs = ({ key, effect }: Taint) => effect === 'NoSchedule' && owned.has(key);
    const kept = before.filter((taint) => !isOurs(taint) || wanted.has(taint.key));
    const added = [...wanted]
      .filter((key) => !before.some((taint) => isOurs(taint) && taint.key === key))
      .map((key): Taint => ({ key, effect: 'NoSchedule', timeAdded: timestamp(clock.now()) }));
    if (added.length === 0 && kept.length === before.length) return;
    const { taints: _before, ...spec } = node.spec ?? {};
    const taints = [...kept, ...added];
    registry.update<Node>('nodes', { ...node, spec: taints.length > 0 ? { ...spec, taints } : spec });
  }
}
