import type { KubeObject } from '../object.ts';
import { controllerOf } from '../object.ts';
import type { Pod, PodTemplateSpec } from '../schema/types.generated.ts';
import type { Collection, Index } from '../store/store.ts';

/** Lo que los controladores preguntan a un Pod. Sigue a pkg/api/v1/pod/util.go y a pkg/controller/controller_utils.go. */
export const hasFinished = (pod: Pod): boolean => pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded';

export const isActive = (pod: Pod): boolean => !pod.metadata.deletionTimestamp && !hasFinished(pod);

export const readySince = (pod: Pod): number | undefined => {
  const condition = pod.status?.conditions?.find(({ type }) => type === 'Ready');
  return condition?.status === 'True' ? Date.parse(condition.lastTransitionTime ?? '') : undefined;
};

export const isReady = (pod: Pod): boolean => pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

/** Listo desde hace al menos `minReadySeconds`. */
export const isAvailable = (pod: Pod, minReadySeconds: number, now: number): boolean =>
  minReadySeconds === 0 ? isReady(pod) : availableIn(pod, minReadySeconds, now) === 0;

/** Cuánto falta para que esté disponible si sigue listo: 0 si ya lo está, `undefined` si no está listo. */
export const availableIn = (pod: Pod, minReadySeconds: number, now: number): number | undefined => {
  const since = readySince(pod);
  return since === undefined ? undefined : Math.max(0, since + minReadySeconds * 1000 - now);
};

/** Lo que falta para que el primero de los que están listos pase a disponible, o `undefined` si no hay nada que esperar. */
export const nextAvailable = (pods: readonly Pod[], minReadySeconds: number, now: number): number | undefined => {
  if (minReadySeconds === 0) return undefined;
  const waits = pods.map((pod) => availableIn(pod, minReadySeconds, now)).filter((wait) => wait !== undefined && wait > 0);
  return waits.length > 0 ? Math.min(...(waits as number[])) : undefined;
};

/** Pods por el UID de su controlador. Todos los controladores comparten el mismo índice. */
export const podsByController = (pods: Collection<Pod>): Index<Pod> => pods.index('controlador', (pod) => [controllerOf(pod)?.uid ?? '']);

export const podsByNode = (pods: Collection<Pod>): Index<Pod> => pods.index('nodo', (pod) => (pod.spec?.nodeName ? [pod.spec.nodeName] : []));

export const ownerReference = (owner: KubeObject) => ({
  apiVersion: owner.apiVersion,
  kind: owner.kind,
  name: owner.metadata.name ?? '',
  uid: owner.metadata.uid ?? '',
  controller: true,
  blockOwnerDeletion: true,
});

/** Un Pod sin crear, con la plantilla tal cual. Sigue a pkg/controller/controller_utils.go:GetPodFromTemplate. */
export const podFromTemplate = (template: PodTemplateSpec, owner: KubeObject, namespace: string): Pod => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: {
    namespace,
    ...(template.metadata?.labels ? { labels: template.metadata.labels } : {}),
    ...(template.metadata?.annotations ? { annotations: template.metadata.annotations } : {}),
    ...(template.metadata?.finalizers ? { finalizers: template.metadata.finalizers } : {}),
    ownerReferences: [ownerReference(owner)],
  },
  ...(template.spec ? { spec: template.spec } : {}),
});
