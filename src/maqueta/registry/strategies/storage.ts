import { parseQuantity } from '../../quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim, StorageClass } from '../../schema/types.generated.ts';
import type { World } from '../../world.ts';
import { ApiError } from '../api-error.ts';
import { isEqual } from '../equal.ts';
import type { Strategy } from '../registry.ts';
import { forbidden, required } from './field-errors.ts';
import { checkSubdomain } from './names.ts';

export const claimDefaults = (claim: PersistentVolumeClaim): PersistentVolumeClaim => ({
  ...claim,
  ...(claim.spec ? { spec: { ...claim.spec, volumeMode: claim.spec.volumeMode ?? 'Filesystem' } } : {}),
});

const withFinalizer = <T extends { metadata: { finalizers?: string[] } }>(object: T, finalizer: string): T =>
  object.metadata.finalizers?.includes(finalizer)
    ? object
    : { ...object, metadata: { ...object.metadata, finalizers: [...(object.metadata.finalizers ?? []), finalizer] } };

/** Sigue a pkg/registry/core/persistentvolumeclaim y a las admisiones StorageObjectInUseProtection y DefaultStorageClass. */
export const claimStrategy = ({ store }: Pick<World, 'store'>): Strategy<PersistentVolumeClaim> => ({
  hasGeneration: false,
  setDefaults: claimDefaults,
  prepareForCreate(claim) {
    const isDefault = (one: StorageClass) => one.metadata.annotations?.['storageclass.kubernetes.io/is-default-class'] === 'true';
    const chosen =
      claim.spec?.storageClassName === undefined
        ? [...store.collection<StorageClass>('storage.k8s.io/storageclasses').list()].find(isDefault)?.metadata.name
        : undefined;
    return withFinalizer(
      { ...claim, status: { phase: 'Pending' }, ...(claim.spec && chosen ? { spec: { ...claim.spec, storageClassName: chosen } } : {}) },
      'kubernetes.io/pvc-protection',
    );
  },
  validateCreate: ({ metadata, spec }) => [
    ...checkSubdomain('metadata.name', metadata.name ?? ''),
    ...(spec?.accessModes?.length ? [] : [required('spec.accessModes', 'at least 1 access mode is required')]),
    ...(spec?.resources?.requests?.storage ? [] : [required('spec.resources[storage]')]),
  ],
  prepareForUpdate(after, before) {
    const [wanted, had] = [after, before].map((claim) => parseQuantity(claim.spec?.resources?.requests?.storage ?? '0')) as [number, number];
    if (wanted > had) rejectGrowth(after, store.collection<StorageClass>('storage.k8s.io/storageclasses').get('', after.spec?.storageClassName ?? ''));
    return after;
  },
  validateUpdate(after, before) {
    const fixed = (claim: PersistentVolumeClaim) => ({
      ...claim.spec,
      volumeName: before.spec?.volumeName ? claim.spec?.volumeName : undefined,
      resources: undefined,
    });
    const [wanted, had] = [after, before].map((claim) => parseQuantity(claim.spec?.resources?.requests?.storage ?? '0')) as [number, number];
    return [
      ...(isEqual(fixed(after), fixed(before))
        ? []
        : [forbidden('spec', 'spec is immutable after creation except resources.requests and volumeAttributesClassName for bound claims')]),
      ...(wanted < had ? [forbidden('spec.resources.requests.storage', 'field can not be less than status.capacity')] : []),
    ];
  },
});

/** Admisión PersistentVolumeClaimResize; y si la clase lo permitiera, la maqueta no sabe agrandar un disco. */
function rejectGrowth({ metadata: { name = '' } }: PersistentVolumeClaim, storageClass: StorageClass | undefined): never {
  const details = { name, kind: 'persistentvolumeclaims' };
  if (!storageClass?.allowVolumeExpansion) {
    const why = 'only dynamically provisioned pvc can be resized and the storageclass that provisions the pvc must support resize';
    throw new ApiError(403, 'Forbidden', `persistentvolumeclaims ${JSON.stringify(name)} is forbidden: ${why}`, details);
  }
  throw new ApiError(
    422,
    'Invalid',
    `PersistentVolumeClaim ${JSON.stringify(name)} is invalid: spec.resources.requests.storage: la maqueta no lo imita (aún no agranda volúmenes)`,
    details,
  );
}

export const volumeStrategy: Strategy<PersistentVolume> = {
  hasGeneration: false,
  setDefaults: (volume) => ({
    ...volume,
    ...(volume.spec
      ? {
          spec: {
            ...volume.spec,
            persistentVolumeReclaimPolicy: volume.spec.persistentVolumeReclaimPolicy ?? 'Retain',
            volumeMode: volume.spec.volumeMode ?? 'Filesystem',
          },
        }
      : {}),
  }),
  prepareForCreate: (volume) => withFinalizer({ ...volume, status: { phase: 'Pending' } }, 'kubernetes.io/pv-protection'),
  validateCreate: ({ metadata, spec }) => [
    ...checkSubdomain('metadata.name', metadata.name ?? ''),
    ...(spec?.capacity?.storage ? [] : [required('spec.capacity')]),
    ...(spec?.accessModes?.length ? [] : [required('spec.accessModes')]),
  ],
};

export const storageClassStrategy: Strategy<StorageClass> = {
  setDefaults: (one) => ({ ...one, reclaimPolicy: one.reclaimPolicy ?? 'Delete', volumeBindingMode: one.volumeBindingMode ?? 'Immediate' }),
  validateCreate: ({ provisioner }) => (provisioner ? [] : [required('provisioner')]),
  validateUpdate: (after, before) =>
    after.provisioner === before.provisioner && isEqual(after.parameters, before.parameters)
      ? []
      : [forbidden('parameters', 'updates to parameters are forbidden.')],
};
