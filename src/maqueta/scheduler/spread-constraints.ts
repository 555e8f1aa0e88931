import { controllerOf } from '../object.ts';
import type { ReplicaSet, Service, StatefulSet, TopologySpreadConstraint } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import { combineSelectors, compileSelector, type LabelMatcher, type Labels } from './label-matcher.ts';
import type { NodeInfo } from './node-info.ts';
import { requiredNodes } from './node-selection.ts';
import type { PodInfo } from './pod-info.ts';
import { toleratesAll } from './tolerations.ts';

/** Una restricción de reparto ya leída, con lo que cuenta como nodo para ella. */
export interface SpreadConstraint {
  maxSkew: number;
  topologyKey: string;
  selector: LabelMatcher;
  minDomains: number;
  includes(node: NodeInfo): boolean;
}

export const hostnameLabel = 'kubernetes.io/hostname';
const zoneLabel = 'topology.kubernetes.io/zone';

/** Las que declara el Pod para ese caso. */
// Sigue a kube-scheduler: framework/plugins/podtopologyspread/common.go.
export function declaredConstraints(pod: PodInfo, action: TopologySpreadConstraint['whenUnsatisfiable']): SpreadConstraint[] {
  return (pod.spec.topologySpreadConstraints ?? []).filter(({ whenUnsatisfiable }) => whenUnsatisfiable === action).map((constraint) => read(pod, constraint));
}

/** Las del sistema para quien no declara ninguna: repartir por nodo y por zona sin obligar, entre hermanos. */
export function defaultConstraints(pod: PodInfo, store: Store): SpreadConstraint[] {
  const selector = siblingsOf(pod, store);
  if (selector.isEmpty) return [];
  const includes = inclusion(pod, 'Honor', 'Ignore');
  return [
    { maxSkew: 3, topologyKey: hostnameLabel, selector, minDomains: 1, includes },
    { maxSkew: 5, topologyKey: zoneLabel, selector, minDomains: 1, includes },
  ];
}

function read(pod: PodInfo, constraint: TopologySpreadConstraint): SpreadConstraint {
  const same: Labels = Object.fromEntries((constraint.matchLabelKeys ?? []).flatMap((key) => (pod.labels[key] === undefined ? [] : [[key, pod.labels[key]]])));
  return {
    maxSkew: constraint.maxSkew,
    topologyKey: constraint.topologyKey,
    selector: compileSelector(constraint.labelSelector, same),
    minDomains: constraint.minDomains ?? 1,
    includes: inclusion(pod, constraint.nodeAffinityPolicy ?? 'Honor', constraint.nodeTaintsPolicy ?? 'Ignore'),
  };
}

function inclusion(pod: PodInfo, affinity: 'Honor' | 'Ignore', taints: 'Honor' | 'Ignore'): (node: NodeInfo) => boolean {
  const isAllowed = affinity === 'Honor' ? requiredNodes(pod.spec) : undefined;
  const { tolerations = [] } = pod.spec;
  return (node) => (!isAllowed || isAllowed(node)) && (taints === 'Ignore' || toleratesAll(node.hardTaints, tolerations));
}

// Sigue a kube-scheduler: framework/plugins/helper/spread.go (DefaultSelector): los Services que lo eligen y su ReplicaSet o StatefulSet.
function siblingsOf(pod: PodInfo, store: Store): LabelMatcher {
  const labels: Record<string, string> = {};
  for (const service of store.collection<Service>('services').list(pod.namespace)) {
    const selector = service.spec?.selector;
    if (selector && Object.entries(selector).every(([key, value]) => pod.labels[key] === value)) Object.assign(labels, selector);
  }
  const owner = controllerOf(pod.pod);
  const key = owner?.kind === 'ReplicaSet' ? 'apps/replicasets' : owner?.kind === 'StatefulSet' ? 'apps/statefulsets' : undefined;
  const set = key && owner ? store.collection<ReplicaSet | StatefulSet>(key).get(pod.namespace, owner.name) : undefined;
  return combineSelectors(labels, set?.spec?.selector);
}
