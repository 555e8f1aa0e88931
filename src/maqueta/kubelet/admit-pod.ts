import { collide } from '../scheduler/filters/node-ports.ts';
import { addToNode, createNodeInfo, type NodeInfo, setNode } from '../scheduler/node-info.ts';
import { requiredNodes } from '../scheduler/node-selection.ts';
import { createPodInfo, type PodInfo } from '../scheduler/pod-info.ts';
import { isTolerated } from '../scheduler/tolerations.ts';
import type { Node, Pod } from '../schema/types.generated.ts';

/** Por qué el kubelet no lo quiere, con las palabras del de verdad. */
export interface PodRejection {
  reason: string;
  message: string;
}

/**
 * El kubelet vuelve a mirar si el Pod cabe en su nodo: quien lo asignó pudo no ser el planificador (`nodeName`) o no saberlo todo.
 * @param others  Los que ya ha admitido y no han acabado.
 */
// Sigue a kubernetes: pkg/kubelet/lifecycle/predicate.go (predicateAdmitHandler, generalFilter).
export function admitPod(pod: Pod, node: Node, others: Iterable<Pod>): PodRejection | undefined {
  const info = createNodeInfo(node.metadata.name ?? '');
  setNode(info, node);
  for (const other of others) addToNode(info, podInfo(other));
  const wanted = podInfo(pod);
  return lack(wanted, info) ?? mismatch(wanted, info);
}

/** Falta de recursos. Uno que el nodo no anuncia, como una GPU, no lo mira el kubelet. */
function lack(pod: PodInfo, node: NodeInfo): PodRejection | undefined {
  const insufficient = (resource: string, requested: number, used: number, capacity: number): PodRejection | undefined =>
    requested <= capacity - used
      ? undefined
      : { reason: `OutOf${resource}`, message: `Node didn't have enough resource: ${resource}, requested: ${requested}, used: ${used}, capacity: ${capacity}` };
  const rest = Object.keys(pod.requests).filter((name) => name !== 'cpu' && name !== 'memory' && Object.hasOwn(node.allocatable, name));
  return (
    insufficient('pods', 1, node.placed.size, node.pods) ??
    (pod.cpu > 0 ? insufficient('cpu', pod.cpu, node.usedCpu, node.cpu) : undefined) ??
    (pod.memory > 0 ? insufficient('memory', pod.memory, node.usedMemory, node.memory) : undefined) ??
    rest.map((name) => insufficient(name, pod.requests[name] ?? 0, node.used[name] ?? 0, node.allocatable[name] ?? 0)).find(Boolean)
  );
}

function mismatch(pod: PodInfo, node: NodeInfo): PodRejection | undefined {
  const predicate = (name: string, why: string): PodRejection => ({ reason: name, message: `Predicate ${name} failed: ${why}` });
  const isAllowed = requiredNodes(pod.spec);
  if (isAllowed && !isAllowed(node)) return predicate('NodeAffinity', "node(s) didn't match Pod's node affinity/selector");
  if (pod.hostPorts.some((port) => node.hostPorts.some((used) => collide(port, used))))
    return predicate('NodePorts', "node(s) didn't have free ports for the requested pod ports");
  const evicting = node.hardTaints.filter(({ effect }) => effect === 'NoExecute');
  if (evicting.some((taint) => !isTolerated(taint, pod.spec.tolerations ?? [])))
    return predicate('TaintToleration', "node(s) had taints that the pod didn't tolerate");
  return undefined;
}

/** Las cuentas de un Pod se hacen una vez: cada uno que llega a un nodo mira las de todos los demás. Su spec no cambia; su estado, a cada rato. */
const known = new WeakMap<NonNullable<Pod['spec']>, PodInfo>();

function podInfo(pod: Pod): PodInfo {
  const found = pod.spec && known.get(pod.spec);
  if (found && found.uid === pod.metadata.uid) return found;
  const made = createPodInfo(pod);
  if (pod.spec) known.set(pod.spec, made);
  return made;
}
