import { parseMilli, parseQuantity } from '../quantity.ts';
import type { Node, Taint } from '../schema/types.generated.ts';
import type { Labels } from './label-matcher.ts';
import type { HostPort, PodInfo } from './pod-info.ts';
import type { Requests } from './pod-requests.ts';

/**
 * Un nodo con sus cuentas hechas. Se actualiza al llegar y marcharse cada Pod, nunca se recalcula:
 * con mil nodos, mirar uno tiene que costar unas pocas sumas.
 */
export interface NodeInfo {
  readonly name: string;
  /** Falta si hay Pods asignados a un nodo que no existe. */
  node: Node | undefined;
  labels: Labels;
  isUnschedulable: boolean;
  /** Taints que impiden entrar (NoSchedule y NoExecute) y los que solo lo desaconsejan. */
  hardTaints: readonly Taint[];
  softTaints: readonly Taint[];
  cpu: number;
  memory: number;
  pods: number;
  /** Todo lo asignable, por nombre. */
  allocatable: Requests;
  usedCpu: number;
  usedMemory: number;
  assumedCpu: number;
  assumedMemory: number;
  /** Otros recursos pedidos: `ephemeral-storage`, `nvidia.com/gpu`… */
  used: Record<string, number>;
  readonly placed: Map<string, PodInfo>;
  readonly withAffinity: Set<PodInfo>;
  readonly withRequiredAntiAffinity: Set<PodInfo>;
  hostPorts: readonly HostPort[];
  images: readonly string[];
}

const noTaints: readonly Taint[] = [];

export const createNodeInfo = (name: string): NodeInfo => ({
  name,
  node: undefined,
  labels: {},
  isUnschedulable: false,
  hardTaints: noTaints,
  softTaints: noTaints,
  cpu: 0,
  memory: 0,
  pods: 0,
  allocatable: {},
  usedCpu: 0,
  usedMemory: 0,
  assumedCpu: 0,
  assumedMemory: 0,
  used: {},
  placed: new Map(),
  withAffinity: new Set(),
  withRequiredAntiAffinity: new Set(),
  hostPorts: [],
  images: [],
});

export function setNode(info: NodeInfo, node: Node): void {
  const taints = node.spec?.taints ?? noTaints;
  const allocatable: Record<string, number> = {};
  for (const [name, amount] of Object.entries(node.status?.allocatable ?? {})) {
    allocatable[name] = name === 'cpu' ? parseMilli(amount) : parseQuantity(amount);
  }
  info.node = node;
  info.labels = node.metadata.labels ?? {};
  info.isUnschedulable = node.spec?.unschedulable ?? false;
  info.hardTaints = taints.filter((taint) => taint.effect !== 'PreferNoSchedule');
  info.softTaints = taints.filter((taint) => taint.effect === 'PreferNoSchedule');
  info.allocatable = allocatable;
  info.cpu = allocatable.cpu ?? 0;
  info.memory = allocatable.memory ?? 0;
  info.pods = allocatable.pods ?? 0;
  info.images = (node.status?.images ?? []).flatMap((image) => image.names ?? []);
}

export function addToNode(info: NodeInfo, pod: PodInfo): void {
  info.placed.set(pod.uid, pod);
  if (pod.hasPodAffinity) info.withAffinity.add(pod);
  if (pod.requiredAntiAffinity.length > 0) info.withRequiredAntiAffinity.add(pod);
  if (pod.hostPorts.length > 0) info.hostPorts = [...info.hostPorts, ...pod.hostPorts];
  count(info, pod, 1);
}

export function removeFromNode(info: NodeInfo, pod: PodInfo): void {
  info.placed.delete(pod.uid);
  info.withAffinity.delete(pod);
  info.withRequiredAntiAffinity.delete(pod);
  if (pod.hostPorts.length > 0) info.hostPorts = [...info.placed.values()].flatMap((other) => other.hostPorts);
  count(info, pod, -1);
}

function count(info: NodeInfo, pod: PodInfo, sign: 1 | -1): void {
  info.usedCpu += sign * pod.cpu;
  info.usedMemory += sign * pod.memory;
  info.assumedCpu += sign * pod.assumedCpu;
  info.assumedMemory += sign * pod.assumedMemory;
  for (const name in pod.requests) {
    if (name !== 'cpu' && name !== 'memory') info.used[name] = (info.used[name] ?? 0) + sign * (pod.requests[name] as number);
  }
}
