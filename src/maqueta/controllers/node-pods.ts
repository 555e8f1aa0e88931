import { replaceCondition } from '../registry/replace-condition.ts';
import type { Node, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { isNodeReady, readyCondition } from './node-condition.ts';
import { isReady, podsByNode } from './pods.ts';

const source = { component: 'node-controller' };

/** Los Pods de un nodo perdido dejan de estar Ready: así salen de los endpoints. */
// Sigue a kubernetes: pkg/controller/util/node/controller_utils.go (MarkPodsNotReady).
export function markPodsNotReady(world: World, node: string): void {
  for (const pod of [...podsByNode(world.store.collection<Pod>('pods')).get(node)]) markNotReady(world, pod);
}

function markNotReady({ registry, events, clock }: World, pod: Pod): void {
  const ready = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  if (!ready || !isReady(pod)) return;
  const conditions = replaceCondition(pod.status?.conditions ?? [], { ...ready, status: 'False', lastTransitionTime: timestamp(clock.now()) });
  registry.updateStatus<Pod>('pods', { ...pod, status: { ...pod.status, conditions } });
  events.record(pod, 'Warning', 'NodeNotReady', 'Node is not ready', source);
}

/** Un Pod que llega a un nodo que ya estaba perdido tampoco puede decir que está listo. */
// Sigue a kubernetes: pkg/controller/nodelifecycle/node_lifecycle_controller.go (processPod).
export function startMarkingLatePods(world: World): void {
  const nodes = world.store.collection<Node>('nodes');
  world.store.collection<Pod>('pods').onChange(({ type, object, before }) => {
    const { nodeName } = object.spec ?? {};
    if (type === 'DELETED' || !nodeName || before?.spec?.nodeName === nodeName) return;
    const node = nodes.get('', nodeName);
    if (node && readyCondition(node) && !isNodeReady(node)) markNotReady(world, object);
  });
}
