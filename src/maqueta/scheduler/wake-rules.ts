import type { Taint } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { collide } from './filters/node-ports.ts';
import type { Labels } from './label-matcher.ts';
import { requiredNodes, type SelectableNode } from './node-selection.ts';
import { type PodInfo, termMatches } from './pod-info.ts';
import { declaredConstraints } from './spread-constraints.ts';
import { toleratesAll } from './tolerations.ts';

/** Lo que de un nodo importa para saber si su cambio ayuda a alguien. */
export interface NodeFacts extends SelectableNode {
  readonly isUnschedulable: boolean;
  readonly hardTaints: readonly Taint[];
  readonly allocatable: Readonly<Record<string, number>>;
}

type Rule<Change> = (pod: PodInfo, change: Change) => boolean;

/** Qué cambio de un nodo puede ayudar a un Pod que descartó ese filtro. `before` falta si el nodo es nuevo. */
// Sigue a kube-scheduler: EventsToRegister y sus QueueingHintFn, en framework/plugins/*.
const nodeRules: Readonly<Record<string, Rule<{ before: NodeFacts | undefined; after: NodeFacts }>>> = {
  NodeUnschedulable: (_pod, { before, after }) => !after.isUnschedulable && (!before || before.isUnschedulable),
  TaintToleration: ({ spec: { tolerations = [] } }, { before, after }) =>
    toleratesAll(after.hardTaints, tolerations) && (!before || !toleratesAll(before.hardTaints, tolerations)),
  NodeAffinity({ spec }, { before, after }) {
    const isAllowed = requiredNodes(spec);
    return !isAllowed || (isAllowed(after) && (!before || !isAllowed(before)));
  },
  NodeResourcesFit({ requests }, { before, after }) {
    const wanted = Object.entries(requests).filter(([, amount]) => amount > 0);
    const fits = wanted.every(([name, amount]) => amount <= (after.allocatable[name] ?? 0));
    const grew = (name: string) => (after.allocatable[name] ?? 0) > (before?.allocatable[name] ?? 0);
    return fits && (!before || grew('pods') || wanted.some(([name]) => grew(name)));
  },
  NodePorts: (_pod, { before }) => !before,
  VolumeBinding: (_pod, { before, after }) => !before || before.labels !== after.labels,
  PodTopologySpread: (_pod, { before, after }) => !before || before.labels !== after.labels || before.hardTaints !== after.hardTaints,
  InterPodAffinity: (_pod, { before, after }) => !before || before.labels !== after.labels,
};

export const nodePlugins = Object.keys(nodeRules);
export const departurePlugins = ['NodeResourcesFit', 'NodePorts', 'VolumeRestrictions', 'PodTopologySpread', 'InterPodAffinity'];
export const arrivalPlugins = ['InterPodAffinity', 'PodTopologySpread'];

export const nodeChangeHelps = (pod: PodInfo, plugins: ReadonlySet<string>, before: NodeFacts | undefined, after: NodeFacts): boolean =>
  some(plugins, (plugin) => nodeRules[plugin]?.(pod, { before, after }) ?? false);

/** ¿Le ayuda que se marche un Pod ya colocado? */
export const departureHelps = (pod: PodInfo, plugins: ReadonlySet<string>, gone: PodInfo, namespaceLabels: (namespace: string) => Labels): boolean =>
  some(plugins, (plugin) => {
    switch (plugin) {
      case 'NodeResourcesFit':
        return true;
      case 'NodePorts':
        return pod.hostPorts.some((wanted) => gone.hostPorts.some((used) => collide(wanted, used)));
      case 'VolumeRestrictions':
        return pod.claims.some((claim) => gone.claims.includes(claim));
      case 'PodTopologySpread':
        return isSpreadSibling(pod, gone);
      case 'InterPodAffinity':
        return (
          pod.requiredAntiAffinity.some((term) => termMatches(term, gone, namespaceLabels)) ||
          gone.requiredAntiAffinity.some((term) => termMatches(term, pod, namespaceLabels))
        );
      default:
        return false;
    }
  });

/** ¿Le ayuda que llegue otro Pod a un nodo? */
export const arrivalHelps = (pod: PodInfo, plugins: ReadonlySet<string>, placed: PodInfo, namespaceLabels: (namespace: string) => Labels): boolean =>
  (plugins.has('InterPodAffinity') && pod.requiredAffinity.some((term) => termMatches(term, placed, namespaceLabels))) ||
  (plugins.has('PodTopologySpread') && isSpreadSibling(pod, placed));

const isSpreadSibling = (pod: PodInfo, other: PodInfo): boolean =>
  pod.namespace === other.namespace && declaredConstraints(pod, 'DoNotSchedule').some(({ selector }) => selector.matches(other.labels));

const some = (plugins: ReadonlySet<string>, test: (plugin: string) => boolean): boolean => {
  for (const plugin of plugins) if (test(plugin)) return true;
  return false;
};

/** Para leer las etiquetas de un espacio de nombres. */
export const namespaceLabelsFrom =
  (store: World['store']) =>
  (namespace: string): Labels =>
    store.collection('namespaces').get('', namespace)?.metadata.labels ?? {};
