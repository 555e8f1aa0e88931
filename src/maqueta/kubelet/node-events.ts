import type { Node } from '../schema/types.generated.ts';
import type { World } from '../world.ts';

const recovered = [
  ['MemoryPressure', 'NodeHasSufficientMemory'],
  ['DiskPressure', 'NodeHasNoDiskPressure'],
  ['PIDPressure', 'NodeHasSufficientPID'],
  ['Ready', 'NodeReady'],
] as const;

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
