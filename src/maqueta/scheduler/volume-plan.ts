import { parseQuantity } from '../quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import { compileSelector } from './label-matcher.ts';
import { matchesNodeSelector, type SelectableNode } from './node-selection.ts';
import { classOf, selectedNodeAnnotation } from './volume-claims.ts';

/** Qué hay que hacer con las reclamaciones sin volumen si el Pod va a ese nodo. */
export interface VolumePlan {
  /** Volúmenes que ya existen y se reservan. */
  bindings: readonly { volume: PersistentVolume; claim: PersistentVolumeClaim }[];
  /** Reclamaciones para las que se pedirá un volumen nuevo en ese nodo. */
  provisions: readonly PersistentVolumeClaim[];
}

/** Valor de `provisioner` de las clases que no saben crear volúmenes. */
const noProvisioner = 'kubernetes.io/no-provisioner';

/** El plan para ese nodo, o `undefined` si no hay volumen que valga. */
// Sigue a kube-scheduler: framework/plugins/volumebinding/binder.go (FindPodVolumes).
export function planVolumes(claims: readonly PersistentVolumeClaim[], node: SelectableNode, store: Store): VolumePlan | undefined {
  const provisions: PersistentVolumeClaim[] = [];
  const bindings: { volume: PersistentVolume; claim: PersistentVolumeClaim }[] = [];
  const taken = new Set<string>();
  const pending: PersistentVolumeClaim[] = [];
  for (const claim of claims) {
    const chosen = claim.metadata.annotations?.[selectedNodeAnnotation];
    if (chosen === undefined) pending.push(claim);
    else if (chosen === node.name) provisions.push(claim);
    else return undefined;
  }
  for (const claim of pending.sort((a, b) => sizeOf(a) - sizeOf(b))) {
    const volume = findVolume(claim, node, store, taken);
    if (volume) {
      taken.add(volume.metadata.name ?? '');
      bindings.push({ volume, claim });
    } else provisions.push(claim);
  }
  return provisions.every((claim) => canProvision(classOf(claim, store), node)) ? { bindings, provisions } : undefined;
}

/** ¿Se puede usar el volumen desde ese nodo? */
export const isReachable = (volume: PersistentVolume, node: SelectableNode): boolean => {
  const required = volume.spec?.nodeAffinity?.required;
  return !required || matchesNodeSelector(required, node);
};

// Sigue a component-helpers: storage/volume/pv_helpers.go (FindMatchingVolume): el más pequeño que baste.
function findVolume(claim: PersistentVolumeClaim, node: SelectableNode, store: Store, taken: ReadonlySet<string>): PersistentVolume | undefined {
  const { accessModes = [], storageClassName = '', volumeMode = 'Filesystem', selector } = claim.spec ?? {};
  const matcher = selector ? compileSelector(selector) : undefined;
  let best: PersistentVolume | undefined;
  for (const volume of store.collection<PersistentVolume>('persistentvolumes').list()) {
    const { spec, metadata, status } = volume;
    if (!spec || taken.has(metadata.name ?? '') || metadata.deletionTimestamp) continue;
    if ((spec.storageClassName ?? '') !== storageClassName || (spec.volumeMode ?? 'Filesystem') !== volumeMode) continue;
    if (!accessModes.every((mode) => spec.accessModes?.includes(mode)) || !isReachable(volume, node)) continue;
    if (capacityOf(volume) < sizeOf(claim)) continue;
    const { claimRef } = spec;
    if (claimRef) {
      const isMine =
        claimRef.namespace === claim.metadata.namespace && claimRef.name === claim.metadata.name && (!claimRef.uid || claimRef.uid === claim.metadata.uid);
      if (isMine) return volume;
      continue;
    }
    if ((status?.phase ?? 'Available') !== 'Available' || (matcher && !matcher.matches(metadata.labels ?? {}))) continue;
    if (!best || capacityOf(volume) < capacityOf(best)) best = volume;
  }
  return best;
}

function canProvision(storageClass: StorageClass | undefined, node: SelectableNode): boolean {
  if (!storageClass || storageClass.provisioner === noProvisioner) return false;
  const terms = storageClass.allowedTopologies ?? [];
  return (
    terms.length === 0 ||
    terms.some(({ matchLabelExpressions = [] }) => matchLabelExpressions.every(({ key, values }) => values.includes(node.labels[key] ?? '')))
  );
}

const sizeOf = (claim: PersistentVolumeClaim): number => parseQuantity(claim.spec?.resources?.requests?.storage ?? '0');
const capacityOf = (volume: PersistentVolume): number => parseQuantity(volume.spec?.capacity?.storage ?? '0');
