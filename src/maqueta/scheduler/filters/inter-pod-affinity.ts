import type { ClusterCache } from '../cluster-cache.ts';
import type { NodeInfo } from '../node-info.ts';
import { type AffinityTerm, type PodInfo, termMatches } from '../pod-info.ts';
import { type FilterContext, type FilterPlugin, type Rejection, reject, skip } from './filter.ts';

const plugin = 'InterPodAffinity';
const needsCompany = reject(plugin, "node(s) didn't match pod affinity rules");
const wantsDistance = reject(plugin, "node(s) didn't match pod anti-affinity rules", true);
const isUnwelcome = reject(plugin, "node(s) didn't satisfy existing pods anti-affinity rules", true);

/** Cuántas veces se da cada pareja etiqueta-valor de topología. */
type TopologyCount = Map<string, Map<string, number>>;

// Sigue a kube-scheduler: framework/plugins/interpodaffinity/filtering.go.
export const interPodAffinity: FilterPlugin = {
  name: plugin,
  prepare(pod, context) {
    const { cluster, namespaceLabels } = context;
    const unwelcome = whoRejects(pod, context);
    const hasTerms = pod.requiredAffinity.length > 0 || pod.requiredAntiAffinity.length > 0;
    if (unwelcome.size === 0 && !hasTerms) return skip;
    const company: TopologyCount = new Map();
    const distance: TopologyCount = new Map();
    if (hasTerms) {
      forEachPlaced(cluster, (other, node) => {
        if (matchesAll(pod.requiredAffinity, other, namespaceLabels)) for (const term of pod.requiredAffinity) add(company, term, node);
        for (const term of pod.requiredAntiAffinity) if (termMatches(term, other, namespaceLabels)) add(distance, term, node);
      });
    }
    // El primero de un grupo que se busca a sí mismo puede ir a cualquier sitio que tenga las etiquetas.
    const isFirst = company.size === 0 && matchesAll(pod.requiredAffinity, pod, namespaceLabels);
    return {
      kind: 'filter',
      filter(node): Rejection | undefined {
        if (!hasCompany(pod, node, company, isFirst)) return needsCompany;
        if (pod.requiredAntiAffinity.some((term) => count(distance, term.topologyKey, node) > 0)) return wantsDistance;
        for (const key of unwelcome.keys()) if (count(unwelcome, key, node) > 0) return isUnwelcome;
        return undefined;
      },
    };
  },
};

/** Los sitios donde algún Pod ya colocado no quiere a este cerca. */
function whoRejects(pod: PodInfo, { cluster, namespaceLabels }: FilterContext): TopologyCount {
  const found: TopologyCount = new Map();
  for (const node of cluster.withRequiredAntiAffinity) {
    for (const other of node.withRequiredAntiAffinity) {
      for (const term of other.requiredAntiAffinity) if (termMatches(term, pod, namespaceLabels)) add(found, term, node);
    }
  }
  return found;
}

function hasCompany(pod: PodInfo, node: NodeInfo, company: TopologyCount, isFirst: boolean): boolean {
  for (const { topologyKey } of pod.requiredAffinity) {
    if (node.labels[topologyKey] === undefined) return false;
    if (!isFirst && count(company, topologyKey, node) <= 0) return false;
  }
  return true;
}

const matchesAll = (terms: readonly AffinityTerm[], other: PodInfo, namespaceLabels: FilterContext['namespaceLabels']): boolean =>
  terms.length > 0 && terms.every((term) => termMatches(term, other, namespaceLabels));

const count = (counts: TopologyCount, key: string, node: NodeInfo): number => {
  const value = node.labels[key];
  return value === undefined ? 0 : (counts.get(key)?.get(value) ?? 0);
};

function add(counts: TopologyCount, { topologyKey }: AffinityTerm, node: NodeInfo): void {
  const value = node.labels[topologyKey];
  if (value === undefined) return;
  let values = counts.get(topologyKey);
  if (!values) counts.set(topologyKey, (values = new Map()));
  values.set(value, (values.get(value) ?? 0) + 1);
}

function forEachPlaced(cluster: ClusterCache, visit: (pod: PodInfo, node: NodeInfo) => void): void {
  for (const node of cluster.nodes()) for (const pod of node.placed.values()) visit(pod, node);
}
