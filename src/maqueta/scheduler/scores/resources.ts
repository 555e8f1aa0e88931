import type { Scorer } from './score.ts';

/** Prefiere el nodo al que más le sobra: NodeResourcesFit con la estrategia LeastAllocated. */
// Sigue a kube-scheduler: framework/plugins/noderesources/least_allocated.go.
export const leastAllocated: Scorer = (pod, nodes, totals) => {
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as (typeof nodes)[number];
    let score = 0;
    let weights = 0;
    if (node.cpu > 0) {
      score += free(node.assumedCpu + pod.assumedCpu, node.cpu);
      weights += 1;
    }
    if (node.memory > 0) {
      score += free(node.assumedMemory + pod.assumedMemory, node.memory);
      weights += 1;
    }
    if (weights > 0) totals[index] = (totals[index] as number) + Math.trunc(score / weights);
  }
};

/** Prefiere el nodo donde CPU y memoria quedan más parejas que antes. Quien no pide nada no puntúa. */
// Sigue a kube-scheduler: framework/plugins/noderesources/balanced_allocation.go.
export const balancedAllocation: Scorer = (pod, nodes, totals) => {
  if (pod.cpu === 0 && pod.memory === 0) return;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as (typeof nodes)[number];
    const after = balance(node.usedCpu + pod.cpu, node.cpu, node.usedMemory + pod.memory, node.memory);
    const before = balance(node.usedCpu, node.cpu, node.usedMemory, node.memory);
    totals[index] = (totals[index] as number) + 50 + Math.trunc((50 + after - before) / 2);
  }
};

const free = (wanted: number, total: number): number => (wanted > total ? 0 : Math.trunc(((total - wanted) * 100) / total));

function balance(cpu: number, cpuTotal: number, memory: number, memoryTotal: number): number {
  if (cpuTotal === 0 || memoryTotal === 0) return 100;
  const deviation = Math.abs(Math.min(1, cpu / cpuTotal) - Math.min(1, memory / memoryTotal)) / 2;
  return Math.trunc((1 - deviation) * 100);
}
