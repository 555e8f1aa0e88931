import { splitName } from '../object.ts';
import type { PersistentVolumeClaim, StorageClass } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import type { PodInfo } from './pod-info.ts';

export const selectedNodeAnnotation = 'volume.kubernetes.io/selected-node';
const bindCompleted = 'pv.kubernetes.io/bind-completed';

/** Las reclamaciones de un Pod según lo que les falte, o por qué no se puede seguir. */
export type PodClaims =
  | { kind: 'ready'; bound: readonly PersistentVolumeClaim[]; delayed: readonly PersistentVolumeClaim[] }
  | { kind: 'blocked'; reason: string };

// Sigue a kube-scheduler: framework/plugins/volumebinding/volume_binding.go (PreFilter) y binder.go (GetPodVolumeClaims).
export function readPodClaims(pod: PodInfo, store: Store): PodClaims {
  const found: PersistentVolumeClaim[] = [];
  for (const key of pod.claims) {
    const { namespace, name } = splitName(key);
    const claim = store.collection<PersistentVolumeClaim>('persistentvolumeclaims').get(namespace, name);
    if (!claim) return { kind: 'blocked', reason: `persistentvolumeclaim "${name}" not found` };
    if (claim.status?.phase === 'Lost') {
      return { kind: 'blocked', reason: `persistentvolumeclaim "${name}" bound to non-existent persistentvolume "${claim.spec?.volumeName ?? ''}"` };
    }
    if (claim.metadata.deletionTimestamp) return { kind: 'blocked', reason: `persistentvolumeclaim "${name}" is being deleted` };
    found.push(claim);
  }
  const unbound = found.filter((claim) => !isBound(claim));
  if (unbound.some((claim) => claim.spec?.volumeName || !isDelayed(claim, store))) {
    return { kind: 'blocked', reason: 'pod has unbound immediate PersistentVolumeClaims' };
  }
  return { kind: 'ready', bound: found.filter(isBound), delayed: unbound };
}

export const isBound = ({ spec, status, metadata }: PersistentVolumeClaim): boolean =>
  Boolean(spec?.volumeName) && (metadata.annotations?.[bindCompleted] !== undefined || status?.phase === 'Bound');

export const classOf = (claim: PersistentVolumeClaim, store: Store): StorageClass | undefined =>
  store.collection<StorageClass>('storage.k8s.io/storageclasses').get('', claim.spec?.storageClassName ?? '');

const isDelayed = (claim: PersistentVolumeClaim, store: Store): boolean => classOf(claim, store)?.volumeBindingMode === 'WaitForFirstConsumer';
