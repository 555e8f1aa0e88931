import type { NodeInfo } from '../node-info.ts';
import { declaredConstraints, defaultConstraints, hostnameLabel, type SpreadConstraint } from '../spread-constraints.ts';
import type { ScoreContext, Scorer } from './score.ts';

const weight = 2;

/** Prefiere los dominios con menos hermanos. */
// Sigue a kube-scheduler: framework/plugins/podtopologyspread/scoring.go.
export const spread: Scorer = (pod, nodes, totals, context) => {
  const isDeclared = (pod.spec.topologySpreadConstraints ?? []).length > 0;
  const constraints = isDeclared ? declaredConstraints(pod, 'ScheduleAnyway') : defaultConstraints(pod, context.store);
  if (constraints.length === 0) return;
  // Las restricciones del sistema no exigen que el nodo tenga todas las etiquetas; las declaradas, sí.
  const isIgnored = (node: NodeInfo) => isDeclared && constraints.some(({ topologyKey }) => node.labels[topologyKey] === undefined);
  const ignored = nodes.filter(isIgnored).length;
  const rules = constraints.map((constraint) => createRule(constraint, pod.namespace, nodes, nodes.length - ignored, isIgnored, context));
  const raw = new Float64Array(nodes.length);
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (let index = 0; index < nodes.length; index++) {
    const node = nodes[index] as NodeInfo;
    if (ignored > 0 && isIgnored(node)) {
      raw[index] = -1;
      continue;
    }
    let sum = 0;
    for (const rule of rules) sum += rule(node);
    const score = Math.round(sum);
    raw[index] = score;
    if (score < least) least = score;
    if (score > most) most = score;
  }
  for (let index = 0; index < nodes.length; index++) {
    const score = raw[index] as number;
    const normalized = score < 0 ? 0 : most === 0 ? 100 : Math.trunc((100 * (most + least - score)) / most);
    totals[index] = (totals[index] as number) + weight * normalized;
  }
};

function createRule(
  { topologyKey, selector, maxSkew, includes }: SpreadConstraint,
  namespace: string,
  nodes: readonly NodeInfo[],
  eligible: number,
  isIgnored: (node: NodeInfo) => boolean,
  { cluster }: ScoreContext,
): (node: NodeInfo) => number {
  const countOn = cluster.countBy(namespace, selector);
  // El logaritmo evita que una topología con pocos valores pese menos que otra con muchos.
  const scale = (domains: number) => Math.log(domains + 2);
  if (topologyKey === hostnameLabel) {
    const factor = scale(eligible);
    return (node) => (node.labels[hostnameLabel] === undefined ? 0 : countOn(node) * factor + maxSkew - 1);
  }
  const counts = new Map<string, number>();
  for (const node of nodes) if (!isIgnored(node)) counts.set(node.labels[topologyKey] ?? '', 0);
  if (counts.size === 1 && counts.has('')) return () => 0;
  for (const node of cluster.nodes()) {
    const value = node.labels[topologyKey] ?? '';
    const found = counts.get(value);
    if (found !== undefined && !isIgnored(node) && includes(node)) counts.set(value, found + countOn(node));
  }
  const factor = scale(counts.size);
  return (node) => {
    const value = node.labels[topologyKey];
    return value === undefined ? 0 : (counts.get(value) ?? 0) * factor + maxSkew - 1;
  };
}
