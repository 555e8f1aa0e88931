import type { PodSpec } from '../../schema/types.generated.ts';
import { requiredNodes } from '../node-selection.ts';
import { type FilterPlugin, reject, skip } from './filter.ts';

const plugin = 'NodeAffinity';
const rejection = reject(plugin, "node(s) didn't match Pod's node affinity/selector");
const impossible = reject(plugin, 'pod affinity terms conflict');

// Sigue a kube-scheduler: framework/plugins/nodeaffinity/node_affinity.go.
export const nodeAffinity: FilterPlugin = {
  name: plugin,
  prepare({ spec }) {
    const isAllowed = requiredNodes(spec);
    if (!isAllowed) return skip;
    const only = namedNodes(spec);
    if (only?.size === 0) return { kind: 'rejected', rejection: impossible };
    return { kind: 'filter', filter: (node) => (isAllowed(node) ? undefined : rejection), ...(only ? { only } : {}) };
  },
};

/** Los nodos que la afinidad nombra por su nombre (así pide el suyo cada Pod de un DaemonSet), o `undefined` si no nombra. */
function namedNodes(spec: PodSpec): ReadonlySet<string> | undefined {
  const terms = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  if (terms.length === 0) return undefined;
  const names = new Set<string>();
  for (const term of terms) {
    const lists = (term.matchFields ?? []).filter((field) => field.key === 'metadata.name' && field.operator === 'In').map((field) => new Set(field.values));
    const [first, ...others] = lists;
    if (!first) return undefined;
    for (const name of first) if (others.every((list) => list.has(name))) names.add(name);
  }
  return names;
}
