import type { Random } from '../clock/random.ts';
import type { NodeInfo } from './node-info.ts';
import type { PodInfo } from './pod-info.ts';
import { imageLocality } from './scores/image-locality.ts';
import { preferredPods } from './scores/inter-pod-affinity.ts';
import { preferredNodes, softTaints } from './scores/preferences.ts';
import { balancedAllocation, leastAllocated } from './scores/resources.ts';
import type { ScoreContext, Scorer } from './scores/score.ts';
import { spread } from './scores/topology-spread.ts';

const scorers: readonly Scorer[] = [softTaints, preferredNodes, leastAllocated, spread, preferredPods, balancedAllocation, imageLocality];

/** El nodo que más puntúa; entre los empatados, uno al azar con semilla. */
export function chooseNode(pod: PodInfo, nodes: readonly NodeInfo[], context: ScoreContext, random: Random): NodeInfo {
  const [first] = nodes;
  if (nodes.length === 1 && first) return first;
  const totals = new Float64Array(nodes.length);
  for (const score of scorers) score(pod, nodes, totals, context);
  let best: number[] = [];
  let most = Number.NEGATIVE_INFINITY;
  for (let index = 0; index < totals.length; index++) {
    const total = totals[index] as number;
    if (total > most) {
      most = total;
      best = [index];
    } else if (total === most) best.push(index);
  }
  return nodes[best.length === 1 ? (best[0] as number) : random.pick(best)] as NodeInfo;
}
