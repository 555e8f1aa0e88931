import type { NodeInfo } from '../node-info.ts';
import { type AffinityTerm, type PodInfo, termMatches } from '../pod-info.ts';
import type { Scorer } from './score.ts';

const weight = 2;
/** Lo que vale estar donde otro Pod exige a este. */
const hardWeight = 1;

/** Suma y resta según las preferencias de este Pod y de los ya colocados. */
// Sigue a kube-scheduler: framework/plugins/interpodaffinity/scoring.go.
export const preferredPods: Scorer = (pod, nodes, totals, { cluster, namespaceLabels }) => {
  const hasPreferences = pod.preferredAffinity.length > 0 || pod.preferredAntiAffinity.length > 0;
  if (!hasPreferences && cluster.withAffinity.size === 0) return;
  const scores = new Map<string, Map<string, number>>();
  const addTerm = (term: AffinityTerm, owner: PodInfo, target: PodInfo, node: NodeInfo, amount: number) => {
    const value = node.labels[term.topologyKey];
    if (owner === target || value === undefined || !termMatches(term, target, namespaceLabels)) return;
    let values = scores.get(term.topologyKey);
    if (!values) scores.set(term.topologyKey, (values = new Map()));
    values.set(value, (values.get(value) ?? 0) + amount);
  };
  for (const node of hasPreferences ? cluster.nodes() : cluster.withAffinity) {
    for (const other of hasPreferences ? node.placed.values() : node.withAffinity) {
      for (const term of pod.preferredAffinity) addTerm(term, pod, other, node, term.weight);
      for (const term of pod.preferredAntiAffinity) addTerm(term, pod, other, node, -term.weight);
      for (const term of other.requiredAffinity) addTerm(term, other, pod, node, hardWeight);
      for (const term of other.preferredAffinity) addTerm(term, other, pod, node, term.weight);
      for (const term of other.preferredAntiAffinity) addTerm(term, other, pod, node, -term.weight);
    }
  }
  if (scores.size === 0) return;
  const raw = Float64Array.from(nodes, (node) => {
    let sum = 0;
    for (const [key, values] of scores) sum += values.get(node.labels[key] ?? '') ?? 0;
    return sum;
  });
  const least = raw.reduce((a, b) => Math.min(a, b), Number.POSITIVE_INFINITY);
  const most = raw.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY);
  if (most === least) return;
  for (let index = 0; index < raw.length; index++) {
    totals[index] = (totals[index] as number) + weight * Math.trunc((100 * ((raw[index] as number) - least)) / (most - least));
  }
};
