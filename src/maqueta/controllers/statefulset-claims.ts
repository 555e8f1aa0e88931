import { ApiError } from '../registry/api-error.ts';
import { isEqual } from '../registry/equal.ts';
import type { OwnerReference, PersistentVolumeClaim, Pod, StatefulSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { ownerReference } from './pods.ts';
import { isInRange } from './statefulset-pods.ts';

const source = { component: 'statefulset-controller' };

export const claimName = (set: StatefulSet, template: PersistentVolumeClaim, ordinal: number): string =>
  `${template.metadata.name}-${set.metadata.name}-${ordinal}`;

/** Los PVC de cada réplica. */
export interface StatefulClaims {
  /** Crea los que falten. Lanza `ApiError` si alguno se está yendo: esa réplica tiene que esperar. */
  ensure(set: StatefulSet, ordinal: number): void;
  /** ¿Alguno espera a irse con un Pod anterior del mismo nombre? Sigue a PodClaimIsStale. */
  isStale(set: StatefulSet, ordinal: number): boolean;
  /** Pone los dueños que pide persistentVolumeClaimRetentionPolicy. Sigue a updateClaimOwnerRefForSetAndPod. */
  retain(set: StatefulSet, pod: Pod, ordinal: number): void;
}

/** Sigue a pkg/controller/statefulset/stateful_pod_control.go. */
export function createStatefulClaims({ store, registry, events }: World): StatefulClaims {
  const claims = store.collection<PersistentVolumeClaim>('persistentvolumeclaims');
  const existing = (set: StatefulSet, ordinal: number) =>
    (set.spec?.volumeClaimTemplates ?? []).map((template) => claims.get(set.metadata.namespace ?? '', claimName(set, template, ordinal)));

  return {
    ensure(set, ordinal) {
      for (const template of set.spec?.volumeClaimTemplates ?? []) {
        const name = claimName(set, template, ordinal);
        const found = claims.get(set.metadata.namespace ?? '', name);
        if (found?.metadata.deletionTimestamp) throw new ApiError(409, 'Conflict', `pvc ${name} is being deleted`);
        if (found) continue;
        registry.create<PersistentVolumeClaim>('persistentvolumeclaims', newClaim(set, template, ordinal));
        const message = `Create Claim ${name} Pod ${set.metadata.name}-${ordinal} in StatefulSet ${set.metadata.name} success`;
        events.record(set, 'Normal', 'SuccessfulCreate', message, source);
      }
    },
    isStale(set, ordinal) {
      if (set.spec?.persistentVolumeClaimRetentionPolicy?.whenScaled !== 'Delete') return false;
      // Se mira antes de crear el Pod: cualquier dueño con su nombre es de uno anterior.
      const name = `${set.metadata.name}-${ordinal}`;
      return existing(set, ordinal).some((claim) => claim?.metadata.ownerReferences?.some((owner) => owner.kind === 'Pod' && owner.name === name));
    },
    retain(set, pod, ordinal) {
      for (const claim of existing(set, ordinal)) {
        if (!claim) continue;
        const before = claim.metadata.ownerReferences ?? [];
        const after = claimOwners(set, pod, ordinal, before);
        if (isEqual(before, after)) continue;
        registry.update<PersistentVolumeClaim>('persistentvolumeclaims', { ...claim, metadata: { ...claim.metadata, ownerReferences: after } });
      }
    },
  };
}

function newClaim(set: StatefulSet, template: PersistentVolumeClaim, ordinal: number): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...template.metadata,
      name: claimName(set, template, ordinal),
      namespace: set.metadata.namespace ?? '',
      labels: { ...template.metadata.labels, ...set.spec?.selector.matchLabels },
    },
    ...(template.spec ? { spec: template.spec } : {}),
  };
}

/** Quién se lleva el PVC al irse: el StatefulSet, el Pod que sobra, o nadie. */
function claimOwners(set: StatefulSet, pod: Pod, ordinal: number, before: readonly OwnerReference[]): OwnerReference[] {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec?.persistentVolumeClaimRetentionPolicy ?? {};
  const isOurs = ({ kind, name }: OwnerReference) => (kind === 'StatefulSet' && name === set.metadata.name) || (kind === 'Pod' && name === pod.metadata.name);
  const others = before.filter((owner) => !isOurs(owner));
  // Con otro controlador no se discute.
  if (others.some(({ controller }) => controller)) return others;
  const isCondemned = !isInRange(set, ordinal);
  if (whenScaled === 'Delete' && isCondemned) return [...others, ownerReference(pod)];
  return whenDeleted === 'Delete' ? [...others, ownerReference(set)] : others;
}
