import type { ClusterCache } from '../cluster-cache.ts';
import { declaredConstraints, type SpreadConstraint } from '../spread-constraints.ts';
import { type FilterPlugin, reject, skip } from './filter.ts';

const plugin = 'PodTopologySpread';
const tooMany = reject(plugin, "node(s) didn't match pod topology spread constraints", true);
const lacksLabel = reject(plugin, "node(s) didn't match pod topology spread constraints (missing required label)");

// Sigue a kube-scheduler: framework/plugins/podtopologyspread/filtering.go.
export const topologySpread: FilterPlugin = {
  name: plugin,
  prepare(pod, { cluster }) {
    const constraints = declaredConstraints(pod, 'DoNotSchedule');
    if (constraints.length === 0) return skip;
    const domains = countDomains(constraints, pod.namespace, cluster);
    const rules = constraints.map((constraint, index) => {
      const counts = domains[index] as Map<string, number>;
      // Con menos dominios de los pedidos, el mínimo se toma como cero: así se exige que aparezcan.
      const fewest = counts.size < constraint.minDomains ? 0 : Math.min(...counts.values());
      const self = constraint.selector.matches(pod.labels) ? 1 : 0;
      return { key: constraint.topologyKey, counts, limit: constraint.maxSkew + fewest - self };
    });
    return {
      kind: 'filter',
      filter(node) {
        for (const { key, counts, limit } of rules) {
          const value = node.labels[key];
          if (value === undefined) return lacksLabel;
          if ((counts.get(value) ?? 0) > limit) return tooMany;
        }
        return undefined;
      },
    };
  },
};

/** Por restricción, cuántos Pods hay en cada dominio. Solo cuentan los nodos con todas las etiquetas de topología. */
function countDomains(constraints: readonly SpreadConstraint[], namespace: string, cluster: ClusterCache): Map<string, number>[] {
  const counters = constraints.map(({ selector }) => cluster.countBy(namespace, selector));
  const domains = constraints.map(() => new Map<string, number>());
  for (const node of cluster.nodes()) {
    if (constraints.some(({ topologyKey }) => node.labels[topologyKey] === undefined)) continue;
    constraints.forEach(({ topologyKey, includes }, index) => {
      if (!includes(node)) return;
      const value = node.labels[topologyKey] as string;
      const counts = domains[index] as Map<string, number>;
      counts.set(value, (counts.get(value) ?? 0) + (counters[index]?.(node) ?? 0));
    });
  }
  return domains;
}
