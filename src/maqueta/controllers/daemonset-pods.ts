import type { DaemonSet, NodeSelectorTerm, Pod, Toleration } from '../schema/types.generated.ts';
import { hasFinished, podFromTemplate } from './pods.ts';

/** Los Pods de un DaemonSet: para qué nodo nació cada uno y con qué versión. */

const hashLabel = 'controller-revision-hash';
const generationLabel = 'pod-template-generation';
export const generationAnnotation = 'deprecated.daemonset.template.generation';

export const hashOf = (pod: Pod): string => pod.metadata.labels?.[hashLabel] ?? '';

/** Es de la versión de ahora: lo dice su hash o, en los muy viejos, su generación. Sigue a daemon/util: IsPodUpdated. */
export const isUpdated = (set: DaemonSet, pod: Pod, hash: string): boolean => {
  const generation = set.metadata.annotations?.[generationAnnotation];
  return (hash !== '' && hashOf(pod) === hash) || (generation !== undefined && pod.metadata.labels?.[generationLabel] === generation);
};

/** Primero los que ya tienen nodo; luego, los más viejos. Sigue a podByCreationTimestampAndPhase. */
export const byAge = (a: Pod, b: Pod): number =>
  Number(!a.spec?.nodeName) - Number(!b.spec?.nodeName) ||
  (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') ||
  (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '');

/** Los Pods de cada nodo, también los que aún no tienen nodo asignado. Los que acabaron y ya se van no cuentan. */
export function groupByNode(pods: Iterable<Pod>): Map<string, Pod[]> {
  const byNode = new Map<string, Pod[]>();
  for (const pod of pods) {
    if (hasFinished(pod) && pod.metadata.deletionTimestamp) continue;
    const node = targetNode(pod);
    byNode.set(node, [...(byNode.get(node) ?? []), pod]);
  }
  return byNode;
}

/** El nodo para el que nació, aunque aún no lo hayan asignado. Sigue a daemon/util: GetTargetNodeName. */
function targetNode(pod: Pod): string {
  if (pod.spec?.nodeName) return pod.spec.nodeName;
  const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key }) => key === 'metadata.name')?.values?.[0] ?? '';
}

const exists = (name: string, effect: 'NoExecute' | 'NoSchedule'): Toleration => ({ key: `node.kubernetes.io/${name}`, operator: 'Exists', effect });
const own = [
  exists('not-ready', 'NoExecute'),
  exists('unreachable', 'NoExecute'),
  exists('disk-pressure', 'NoSchedule'),
  exists('memory-pressure', 'NoSchedule'),
  exists('pid-pressure', 'NoSchedule'),
  exists('unschedulable', 'NoSchedule'),
];
const ownWithHostNetwork = [...own, exists('network-unavailable', 'NoSchedule')];

/** Las de la plantilla y las que todo DaemonSet lleva. Sigue a daemon/util: AddOrUpdateDaemonPodTolerations. */
export function tolerationsOf({ spec }: DaemonSet): Toleration[] {
  const tolerations = [...(spec?.template.spec?.tolerations ?? [])];
  for (const wanted of spec?.template.spec?.hostNetwork ? ownWithHostNetwork : own) {
    const same = tolerations.findIndex(
      (given) => given.key === wanted.key && given.effect === wanted.effect && given.operator === 'Exists' && (given.value ?? '') === '',
    );
    // La misma con plazo pasa a ser sin plazo, en su sitio.
    if (same < 0) tolerations.push(wanted);
    else tolerations[same] = wanted;
  }
  return tolerations;
}

/** Un Pod sin crear, atado a ese nodo por afinidad: lo coloca el planificador. */
export function newDaemonPod(set: DaemonSet, node: string, hash: string): Pod {
  const draft = podFromTemplate(set.spec?.template ?? {}, set, set.metadata.namespace ?? '');
  const spec = draft.spec ?? { containers: [] };
  const here = [{ key: 'metadata.name', operator: 'In' as const, values: [node] }];
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const nodeSelectorTerms: NodeSelectorTerm[] = required?.length ? required.map((term) => ({ ...term, matchFields: here })) : [{ matchFields: here }];
  const nodeAffinity = { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  const generation = set.metadata.annotations?.[generationAnnotation];
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      generateName: `${set.metadata.name}-`,
      labels: { ...draft.metadata.labels, ...(generation ? { [generationLabel]: generation } : {}), [hashLabel]: hash },
    },
    spec: { ...spec, tolerations: tolerationsOf(set), affinity: { ...spec.affinity, nodeAffinity } },
  };
}
