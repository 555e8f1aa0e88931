/**
 * Lo que la maqueta modela, como `grupo/versión/Kind`. Todo lo demás se rechaza nombrándolo.
 * Añadir una línea aquí y correr `node labs/dev/generate-schemas.ts ../shared/datos` trae su esquema,
 * sus tipos, su descubrimiento y sus columnas; el comportamiento lo pone un controlador.
 */
export const modelled: readonly string[] = [
  '/v1/Namespace',
  '/v1/Node',
  '/v1/Pod',
  '/v1/Service',
  '/v1/ConfigMap',
  '/v1/Secret',
  '/v1/ServiceAccount',
  '/v1/ResourceQuota',
  '/v1/PersistentVolume',
  '/v1/PersistentVolumeClaim',
  '/v1/Event',
  'apps/v1/Deployment',
  'apps/v1/ReplicaSet',
  'apps/v1/StatefulSet',
  'apps/v1/DaemonSet',
  'apps/v1/ControllerRevision',
  'discovery.k8s.io/v1/EndpointSlice',
  'storage.k8s.io/v1/StorageClass',
  'coordination.k8s.io/v1/Lease',
  'scheduling.k8s.io/v1/PriorityClass',
  'policy/v1/PodDisruptionBudget',
  'policy/v1/Eviction',
  'autoscaling/v1/Scale',
];
