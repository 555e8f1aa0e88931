import { matchesTerm } from '../node-selection.ts';
import { isTolerated } from '../tolerations.ts';
import { addNormalized, type Scorer } from './score.ts';

/** Evita los nodos con taints PreferNoSchedule que el Pod no tolera. */
// Sigue a kube-scheduler: framework/plugins/tainttoleration/taint_toleration.go (Score), con peso 3.
export const softTaints: Scorer = (pod, nodes, totals, { cluster }) => {
  if (cluster.softTainted === 0) return;
  const tolerations = (pod.spec.tolerations ?? []).filter(({ effect }) => !effect || effect === 'PreferNoSchedule');
  const raw = Float64Array.from(nodes, (node) => node.softTaints.filter((taint) => !isTolerated(taint, tolerations)).length);
  addNormalized(raw, totals, 3, true);
};

/** Suma los pesos de la afinidad preferida al nodo. */
// Sigue a kube-scheduler: framework/plugins/nodeaffinity/node_affinity.go (Score), con peso 2.
export const preferredNodes: Scorer = (pod, nodes, totals) => {
  const terms = pod.spec.affinity?.nodeAffinity?.preferredDuringSchedulingIgnoredDuringExecution ?? [];
  if (terms.length === 0) return;
  const raw = Float64Array.from(nodes, (node) => terms.reduce((sum, term) => sum + (matchesTerm(term.preference, node) ? term.weight : 0), 0));
  addNormalized(raw, totals, 2, false);
};
