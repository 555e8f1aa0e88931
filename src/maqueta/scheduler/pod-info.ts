import type { Pod, PodAffinityTerm, PodSpec, PriorityClass, WeightedPodAffinityTerm } from '../schema/types.generated.ts';
import { compileSelector, type LabelMatcher, type Labels } from './label-matcher.ts';
import { assumedRequests, podRequests, type Requests } from './pod-requests.ts';

/** Un término de afinidad entre Pods, ya leído. */
export interface AffinityTerm {
  topologyKey: string;
  namespaces: ReadonlySet<string>;
  namespaceSelector: LabelMatcher | undefined;
  selector: LabelMatcher;
  /** Solo en los preferidos. */
  weight: number;
}

/** Lo que el planificador necesita saber de un Pod, calculado una sola vez. */
export interface PodInfo {
  readonly pod: Pod;
  readonly uid: string;
  readonly name: string;
  readonly namespace: string;
  readonly spec: PodSpec;
  readonly labels: Labels;
  readonly isTerminating: boolean;
  readonly priority: number;
  readonly requests: Requests;
  readonly cpu: number;
  readonly memory: number;
  /** Con el mínimo que se supone a quien no pide nada. */
  readonly assumedCpu: number;
  readonly assumedMemory: number;
  /** `hostPort` que ocupa, como `TCP/8080/0.0.0.0`. */
  readonly hostPorts: readonly HostPort[];
  readonly claims: readonly string[];
  readonly requiredAffinity: readonly AffinityTerm[];
  readonly requiredAntiAffinity: readonly AffinityTerm[];
  readonly preferredAffinity: readonly AffinityTerm[];
  readonly preferredAntiAffinity: readonly AffinityTerm[];
  readonly hasPodAffinity: boolean;
}

export interface HostPort {
  protocol: string;
  port: number;
  address: string;
}

const none: readonly AffinityTerm[] = [];
const noLabels: Labels = {};

export function createPodInfo(pod: Pod, priorityClass?: (name: string) => PriorityClass | undefined): PodInfo {
  const spec = pod.spec ?? { containers: [] };
  const requests = podRequests(spec);
  const assumed = assumedRequests(spec);
  const { podAffinity, podAntiAffinity } = spec.affinity ?? {};
  const one = (term: PodAffinityTerm) => readTerm(pod, term, 0);
  const weighted = ({ podAffinityTerm, weight }: WeightedPodAffinityTerm) => readTerm(pod, podAffinityTerm, weight);
  const namespace = pod.metadata.namespace ?? '';
  return {
    pod,
    uid: pod.metadata.uid ?? '',
    name: pod.metadata.name ?? '',
    namespace,
    spec,
    labels: pod.metadata.labels ?? noLabels,
    isTerminating: pod.metadata.deletionTimestamp !== undefined,
    priority: spec.priority ?? (spec.priorityClassName ? priorityClass?.(spec.priorityClassName)?.value : undefined) ?? 0,
    requests,
    cpu: requests.cpu ?? 0,
    memory: requests.memory ?? 0,
    assumedCpu: assumed.cpu ?? 0,
    assumedMemory: assumed.memory ?? 0,
    hostPorts: readPorts(spec),
    claims: (spec.volumes ?? []).flatMap((volume) => (volume.persistentVolumeClaim ? [`${namespace}/${volume.persistentVolumeClaim.claimName}`] : [])),
    requiredAffinity: podAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.map(one) ?? none,
    requiredAntiAffinity: podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.map(one) ?? none,
    preferredAffinity: podAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.map(weighted) ?? none,
    preferredAntiAffinity: podAntiAffinity?.preferredDuringSchedulingIgnoredDuringExecution?.map(weighted) ?? none,
    hasPodAffinity: Boolean(podAffinity ?? podAntiAffinity),
  };
}

/** ¿Alcanza este término al otro Pod? `namespaceLabels`: etiquetas de su espacio. */
export const termMatches = (term: AffinityTerm, other: PodInfo, namespaceLabels: (namespace: string) => Labels): boolean =>
  (term.namespaces.has(other.namespace) || (term.namespaceSelector?.matches(namespaceLabels(other.namespace)) ?? false)) && term.selector.matches(other.labels);

// Sigue a kube-scheduler: framework/types.go (newAffinityTerm). `matchLabelKeys` y `mismatchLabelKeys` se suman al selector.
function readTerm(pod: Pod, term: PodAffinityTerm, weight: number): AffinityTerm {
  const labels = pod.metadata.labels ?? noLabels;
  const same = Object.fromEntries((term.matchLabelKeys ?? []).flatMap((key) => (labels[key] === undefined ? [] : [[key, labels[key]]])));
  const different = (term.mismatchLabelKeys ?? []).flatMap((key) => (labels[key] === undefined ? [] : [{ key, operator: 'NotIn', values: [labels[key]] }]));
  const selector = term.labelSelector && { ...term.labelSelector, matchExpressions: [...(term.labelSelector.matchExpressions ?? []), ...different] };
  const namespaces = term.namespaces ?? [];
  return {
    topologyKey: term.topologyKey,
    namespaces: new Set(namespaces.length === 0 && !term.namespaceSelector ? [pod.metadata.namespace ?? ''] : namespaces),
    namespaceSelector: term.namespaceSelector ? compileSelector(term.namespaceSelector) : undefined,
    selector: compileSelector(selector, same),
    weight,
  };
}

const readPorts = (spec: PodSpec): HostPort[] => {
  const ports: HostPort[] = [];
  for (const { ports: declared } of spec.initContainers ? [...spec.containers, ...spec.initContainers.filter(isSidecar)] : spec.containers) {
    for (const { hostPort, protocol = 'TCP', hostIP } of declared ?? []) {
      if (hostPort) ports.push({ protocol, port: hostPort, address: hostIP || '0.0.0.0' });
    }
  }
  return ports;
};

const isSidecar = ({ restartPolicy }: { restartPolicy?: string }): boolean => restartPolicy === 'Always';
