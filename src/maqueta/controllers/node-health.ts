import type { Timer } from '../clock/clock.ts';
import type { Node, NodeCondition } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { isNodeReady } from './node-condition.ts';
import { markPodsNotReady } from './node-pods.ts';
import { startNoExecuteTaints } from './node-taints-evict.ts';
import { createZones } from './node-zones.ts';

const source = { component: 'node-controller' };
/** node-monitor-period. */
const monitorPeriod = 5000;
/** Las que se vuelven Unknown. `NetworkUnavailable` la lleva el plano de control. */
const kubeletConditions = ['Ready', 'MemoryPressure', 'DiskPressure', 'PIDPressure'];

export interface NodeHealthOptions {
  /** Milisegundos sin latidos hasta dar un nodo por perdido (`node-monitor-grace-period`). Desde 1.32, 50 s. */
  gracePeriod: number;
}

/**
 * Da por perdido un nodo cuyo Lease lleva demasiado sin renovarse. El real mira todos los nodos cada 5 s; aquí solo hay
 * algo que mirar cuando alguien deja de latir, y se mira en la vuelta en que el real lo vería.
 */
// Sigue a kubernetes: pkg/controller/nodelifecycle/node_lifecycle_controller.go (monitorNodeHealth, tryUpdateNodeHealth).
export function startNodeHealth(world: World, { gracePeriod }: NodeHealthOptions): void {
  const { clock, store, registry, events, heartbeats, random } = world;
  const nodes = store.collection<Node>('nodes');
  const start = clock.now() - random.fork('controlador de nodos').integer(monitorPeriod);
  const deadlines = new Map<string, Timer>();
  const known = new Map<string, string>();

  /** La vuelta del controlador en ese instante o después. */
  const passFrom = (instant: number) => start + Math.ceil((instant - start) / monitorPeriod) * monitorPeriod;
  const atNextPass = (run: () => void) => clock.after(passFrom(clock.now()) - clock.now(), run);
  const taints = startNoExecuteTaints(world, { zones: createZones(world), atNextPass });

  heartbeats.onChange((name, isBeating) => {
    deadlines.get(name)?.cancel();
    deadlines.delete(name);
    if (isBeating) return;
    // La gracia se cuenta desde que el controlador vio el último latido, no desde que ocurrió.
    const seen = passFrom(heartbeats.lastOf(name) ?? clock.now());
    deadlines.set(
      name,
      clock.after(passFrom(seen + gracePeriod) - clock.now(), () => {
        deadlines.delete(name);
        lose(name);
      }),
    );
  });

  nodes.onChange(({ type, object }) => {
    const { name = '', uid = '' } = object.metadata;
    if (type === 'DELETED') {
      deadlines.get(name)?.cancel();
      deadlines.delete(name);
      if (known.delete(name))
        atNextPass(() => events.record(object, 'Normal', 'RemovingNode', `Node ${name} event: Removing Node ${name} from Controller`, source));
      return;
    }
    if (known.get(name) === uid) return;
    known.set(name, uid);
    // Los que trae el clúster de serie llevan ya mucho registrados.
    if (clock.now() > start + monitorPeriod)
      atNextPass(() => events.record(object, 'Normal', 'RegisteredNode', `Node ${name} event: Registered Node ${name} in Controller`, source));
  });

  function lose(name: string): void {
    const node = nodes.get('', name);
    if (!node) return;
    const wasReady = isNodeReady(node);
    const now = timestamp(clock.now());
    const written = registry.updateStatus<Node>('nodes', { ...node, status: { ...node.status, conditions: unknownConditions(node, now) } });
    taints.review(name);
    if (!wasReady) return;
    events.record(written, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`, source);
    markPodsNotReady(world, name);
  }
}

function unknownConditions(node: Node, now: string): NodeCondition[] {
  const before = node.status?.conditions ?? [];
  const missing = kubeletConditions
    .filter((type) => !before.some((condition) => condition.type === type))
    .map((type) => ({
      type,
      status: 'Unknown' as const,
      reason: 'NodeStatusNeverUpdated',
      message: 'Kubelet never posted node status.',
      lastTransitionTime: now,
    }));
  return [
    ...before.map(
      (condition): NodeCondition =>
        !kubeletConditions.includes(condition.type) || condition.status === 'Unknown'
          ? condition
          : { ...condition, status: 'Unknown', reason: 'NodeStatusUnknown', message: 'Kubelet stopped posting node status.', lastTransitionTime: now },
    ),
    ...missing,
  ];
}
