/** Dónde vive cada tipo en la API. Tabla fija: los escenarios no tocan ningún otro. */
export const kinds = {
  Namespace: { root: '/api/v1', plural: 'namespaces', isNamespaced: false },
  Node: { root: '/api/v1', plural: 'nodes', isNamespaced: false },
  PersistentVolume: { root: '/api/v1', plural: 'persistentvolumes', isNamespaced: false },
  StorageClass: { root: '/apis/storage.k8s.io/v1', plural: 'storageclasses', isNamespaced: false },
  PriorityClass: { root: '/apis/scheduling.k8s.io/v1', plural: 'priorityclasses', isNamespaced: false },
  Pod: { root: '/api/v1', plural: 'pods', isNamespaced: true },
  Service: { root: '/api/v1', plural: 'services', isNamespaced: true },
  ConfigMap: { root: '/api/v1', plural: 'configmaps', isNamespaced: true },
  Secret: { root: '/api/v1', plural: 'secrets', isNamespaced: true },
  ServiceAccount: { root: '/api/v1', plural: 'serviceaccounts', isNamespaced: true },
  PersistentVolumeClaim: { root: '/api/v1', plural: 'persistentvolumeclaims', isNamespaced: true },
  Event: { root: '/api/v1', plural: 'events', isNamespaced: true },
  Deployment: { root: '/apis/apps/v1', plural: 'deployments', isNamespaced: true },
  ReplicaSet: { root: '/apis/apps/v1', plural: 'replicasets', isNamespaced: true },
  StatefulSet: { root: '/apis/apps/v1', plural: 'statefulsets', isNamespaced: true },
  DaemonSet: { root: '/apis/apps/v1', plural: 'daemonsets', isNamespaced: true },
  ControllerRevision: { root: '/apis/apps/v1', plural: 'controllerrevisions', isNamespaced: true },
  EndpointSlice: { root: '/apis/discovery.k8s.io/v1', plural: 'endpointslices', isNamespaced: true },
  PodDisruptionBudget: { root: '/apis/policy/v1', plural: 'poddisruptionbudgets', isNamespaced: true },
} as const;

export type KindName = keyof typeof kinds;

/** Lo que se observa en el espacio de cada escenario, en el orden en que se cuenta. */
export const watched: readonly KindName[] = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
  'Pod',
  'Service',
  'EndpointSlice',
  'PersistentVolumeClaim',
  'PersistentVolume',
  'PodDisruptionBudget',
  'Namespace',
  'Event',
];

/** Lo que enseñaría `kubectl get` al acabar. */
export const tabulated: readonly KindName[] = [
  'Deployment',
  'ReplicaSet',
  'StatefulSet',
  'DaemonSet',
  'ControllerRevision',
  'Pod',
  'Service',
  'EndpointSlice',
  'PersistentVolumeClaim',
  'PodDisruptionBudget',
];

export function pathOf(kind: KindName, namespace: string, name?: string, subresource?: string): string {
  const { root, plural, isNamespaced } = kinds[kind];
  const parts: string[] = [root];
  if (isNamespaced) parts.push('namespaces', namespace);
  parts.push(plural);
  if (name !== undefined) parts.push(encodeURIComponent(name));
  if (subresource) parts.push(subresource);
  return parts.join('/');
}
