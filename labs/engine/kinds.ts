import type { Kind } from './ports.ts';

/** Los tipos con los que trabajan los laboratorios, escritos como en el YAML. */
export const Pod: Kind = { apiVersion: 'v1', kind: 'Pod' };
export const Node: Kind = { apiVersion: 'v1', kind: 'Node' };
export const Service: Kind = { apiVersion: 'v1', kind: 'Service' };
export const ConfigMap: Kind = { apiVersion: 'v1', kind: 'ConfigMap' };
export const Namespace: Kind = { apiVersion: 'v1', kind: 'Namespace' };
export const PersistentVolumeClaim: Kind = { apiVersion: 'v1', kind: 'PersistentVolumeClaim' };
export const PersistentVolume: Kind = { apiVersion: 'v1', kind: 'PersistentVolume' };
export const Event: Kind = { apiVersion: 'v1', kind: 'Event' };
export const ReplicaSet: Kind = { apiVersion: 'apps/v1', kind: 'ReplicaSet' };
export const Deployment: Kind = { apiVersion: 'apps/v1', kind: 'Deployment' };
export const StatefulSet: Kind = { apiVersion: 'apps/v1', kind: 'StatefulSet' };
export const DaemonSet: Kind = { apiVersion: 'apps/v1', kind: 'DaemonSet' };
export const PodDisruptionBudget: Kind = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };
export const EndpointSlice: Kind = { apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice' };
export const StorageClass: Kind = { apiVersion: 'storage.k8s.io/v1', kind: 'StorageClass' };
