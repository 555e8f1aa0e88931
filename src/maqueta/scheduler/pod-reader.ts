import type { Pod, PodSpec, PriorityClass } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import { createPodInfo, type PodInfo } from './pod-info.ts';

/** Lee cada Pod una vez. Lo que solo cambia de nodo o de estado no se vuelve a calcular. */
export interface PodReader {
  read(pod: Pod): PodInfo;
  forget(uid: string): void;
}

/** Los campos de los que sale lo calculado. Los objetos no se modifican en su sitio: basta comparar referencias. */
const sources = [
  'containers',
  'initContainers',
  'affinity',
  'volumes',
  'resources',
  'overhead',
  'priority',
  'priorityClassName',
] as const satisfies (keyof PodSpec)[];

export function createPodReader(store: Store): PodReader {
  const classes = store.collection<PriorityClass>('scheduling.k8s.io/priorityclasses');
  const known = new Map<string, PodInfo>();
  return {
    read(pod) {
      const uid = pod.metadata.uid ?? '';
      const before = known.get(uid);
      if (before?.pod === pod) return before;
      const info =
        before && pod.spec && isSameTemplate(before, pod, pod.spec)
          ? { ...before, pod, spec: pod.spec, isTerminating: pod.metadata.deletionTimestamp !== undefined }
          : createPodInfo(pod, (name) => classes.get('', name));
      known.set(uid, info);
      return info;
    },
    forget: (uid) => known.delete(uid),
  };
}

const isSameTemplate = (before: PodInfo, pod: Pod, spec: PodSpec): boolean =>
  before.pod.metadata.labels === pod.metadata.labels && sources.every((field) => before.spec[field] === spec[field]);
