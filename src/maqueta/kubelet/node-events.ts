import type { Node } from '../schema/types.generated.ts';
import type { World } from '../world.ts';

const recovered = [
  ['MemoryPressure', 'NodeHasSufficientMemory'],
  ['DiskPressure', 'NodeHasNoDiskPressure'],
  ['PIDPressure', 'NodeHasSufficientPID'],
  ['Ready', 'NodeReady'],
] as const;

/** Cada cuánto mira el kubelet su propio Node. */
const statusPeriod = 10_000;

/** El kubelet cuenta que han acordonado su nodo, o que lo han levantado, la próxima vez que lo mira. */
// Sigue a kubernetes: pkg/kubelet/kubelet_node_status.go (recordNodeSchedulableEvent).
export function startSchedulableStory({ store, events, clock, random }: World, isListening: (name: string) => boolean): void {
  const nodes = store.collection<Node>('nodes');
  const delays = random.fork('vueltas del kubelet');
  const told = new Map<string, boolean>();
  nodes.onChange(({ type, object, before }) => {
    const { name = '' } = object.metadata;
    if (type !== 'MODIFIED' || !before || Boolean(before.spec?.unschedulable) === Boolean(object.spec?.unschedulable)) return;
    clock.after(delays.between(0, statusPeriod), () => {
      const node = nodes.get('', name);
      const isClosed = node?.spec?.unschedulable ?? false;
      if (!node || !isListening(name) || (told.get(name) ?? false) === isClosed) return;
      told.set(name, isClosed);
      const reason = isClosed ? 'NodeNotSchedulable' : 'NodeSchedulable';
      const about = { ...node, metadata: { ...node.metadata, uid: name } };
      events.record(about, 'Normal', reason, `Node ${name} status is now: ${reason}`, { component: 'kubelet', host: name });
    });
  });
}

/** Lo que el kubelet cuenta de su nodo al arrancar o al volver a hablar: solo lo que ha cambiado. */
// Sigue a kubernetes: pkg/kubelet/nodestatus/setters.go (MachineInfo, ReadyCondition, MemoryPressureCondition…).
export function nodeStory({ events }: World, node: Node, before: Node | undefined, isReboot: boolean): void {
  const { name = '' } = node.metadata;
  const source = { component: 'kubelet', host: name };
  // Para el kubelet, el UID de su nodo es su nombre.
  const about = { ...node, metadata: { ...node.metadata, uid: name } };
  const tell = (type: 'Normal' | 'Warning', reason: string, message: string) => events.record(about, type, reason, message, source);
  if (isReboot) {
    tell('Normal', 'Starting', 'Starting kubelet.');
    tell('Normal', 'NodeAllocatableEnforced', 'Updated Node Allocatable limit across pods');
  }
  if (isReboot && before) tell('Warning', 'Rebooted', `Node ${name} has been rebooted, boot id: ${node.status?.nodeInfo?.bootID ?? ''}`);
  for (const [condition, reason] of recovered) {
    const status = (object: Node | undefined) => object?.status?.conditions?.find(({ type }) => type === condition)?.status;
    if (status(before) !== status(node)) tell('Normal', reason, `Node ${name} status is now: ${reason}`);
  }
}
