import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';
import { type FilterPlugin, type Rejection, reject } from './filter.ts';

const plugin = 'NodeResourcesFit';

/** Casi todo rechazo es de uno solo de estos: se hacen una vez y no una por nodo. */
const common = new Map<string, Rejection>();

// Sigue a kube-scheduler: framework/plugins/noderesources/fit.go (fitsRequest).
export const nodeResources: FilterPlugin = {
  name: plugin,
  prepare: (pod) => {
    const others = Object.keys(pod.requests).filter((name) => name !== 'cpu' && name !== 'memory' && (pod.requests[name] ?? 0) > 0);
    return { kind: 'filter', filter: (node) => check(pod, node, others) };
  },
};

function check(pod: PodInfo, node: NodeInfo, others: readonly string[]): Rejection | undefined {
  const isFull = node.placed.size + 1 > node.pods;
  const lacksCpu = pod.cpu > 0 && pod.cpu > node.cpu - node.usedCpu;
  const lacksMemory = pod.memory > 0 && pod.memory > node.memory - node.usedMemory;
  if (!isFull && !lacksCpu && !lacksMemory && others.length === 0) return undefined;
  const reasons: string[] = [];
  // Si ni vacío daría para él, echar a otros no sirve.
  let isResolvable = true;
  if (isFull) reasons.push('Too many pods');
  if (lacksCpu) {
    reasons.push('Insufficient cpu');
    isResolvable &&= pod.cpu <= node.cpu;
  }
  if (lacksMemory) {
    reasons.push('Insufficient memory');
    isResolvable &&= pod.memory <= node.memory;
  }
  for (const name of others) {
    const wanted = pod.requests[name] ?? 0;
    const total = node.allocatable[name] ?? 0;
    if (wanted <= total - (node.used[name] ?? 0)) continue;
    reasons.push(`Insufficient ${name}`);
    isResolvable &&= wanted <= total;
  }
  return reasons.length === 0 ? undefined : shared(reasons, isResolvable);
}

function shared(reasons: readonly string[], isResolvable: boolean): Rejection {
  if (reasons.length > 1) return { plugin, reasons, isResolvable };
  const key = `${reasons[0]} ${isResolvable}`;
  let rejection = common.get(key);
  if (!rejection) common.set(key, (rejection = reject(plugin, reasons[0] as string, isResolvable)));
  return rejection;
}
