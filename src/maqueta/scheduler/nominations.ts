import type { FilterContext, NodeFilter } from './filters/filter.ts';
import { prepareFilters } from './find-nodes.ts';
import type { PodInfo } from './pod-info.ts';

/** Pods a los que se ha prometido un nodo mientras se marchan los que echaron. */
export interface Nominations {
  set(pod: PodInfo, node: string): void;
  clear(uid: string): void;
  /** El mismo filtro, contando como presentes a los prometidos de igual o más prioridad. */
  respect(pod: PodInfo, check: NodeFilter, context: FilterContext): NodeFilter;
}

// Sigue a kube-scheduler: framework/runtime/framework.go (RunFilterPluginsWithNominatedPods).
export function createNominations(): Nominations {
  const promised = new Map<string, { pod: PodInfo; node: string }>();
  return {
    set: (pod, node) => promised.set(pod.uid, { pod, node }),
    clear: (uid) => promised.delete(uid),
    respect(pod, check, context) {
      if (promised.size === 0) return check;
      return (node) => {
        const rivals = [...promised.values()].filter((other) => other.node === node.name && other.pod.uid !== pod.uid && other.pod.priority >= pod.priority);
        const guests = rivals.filter((other) => !context.cluster.nodeOf(other.pod.uid));
        if (guests.length === 0) return check(node);
        for (const guest of guests) context.cluster.place(guest.pod, node.name);
        const prepared = prepareFilters(pod, context);
        const rejection = prepared.kind === 'blocked' ? prepared.rejection : prepared.check(node);
        for (const guest of guests) context.cluster.remove(guest.pod.uid);
        // Tampoco vale si solo cabe gracias a ellos: aún no están.
        return rejection ?? check(node);
      };
    },
  };
}
