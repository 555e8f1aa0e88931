import { nameOf, splitName } from '../object.ts';
import { parseQuantity } from '../quantity.ts';
import type { PersistentVolume, PersistentVolumeClaim, Pod, StorageClass } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

const source = { component: 'persistentvolume-controller' };
const provisioner = 'bitacora.lab/maqueta-local';
const selectedNode = 'volume.kubernetes.io/selected-node';

/**
 * Enlaza PVC con PV, crea los de la clase de la maqueta y cuida de no borrar lo que se usa.
 * Sigue a pkg/controller/volume/{persistentvolume,pvcprotection,pvprotection}.
 */
export function startVolumeControllers(world: World): void {
  const { store, registry, events, clock } = world;
  const claims = store.collection<PersistentVolumeClaim>('persistentvolumeclaims');
  const volumes = store.collection<PersistentVolume>('persistentvolumes');
  const classes = store.collection<StorageClass>('storage.k8s.io/storageclasses');
  const pods = store.collection<Pod>('pods');
  const podsByClaim = pods.index('pvc', (pod) =>
    pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded'
      ? []
      : (pod.spec?.volumes ?? []).flatMap(({ persistentVolumeClaim }) =>
          persistentVolumeClaim ? [`${pod.metadata.namespace}/${persistentVolumeClaim.claimName}`] : [],
        ),
  );
  const claimQueue = createWorkQueue(clock, 20, reconcileClaim);
  const volumeQueue = createWorkQueue(clock, 20, reconcileVolume);

  claims.onChange(({ type, object }) => {
    claimQueue.add(nameOf(object));
    if (object.spec?.volumeName) volumeQueue.add(object.spec.volumeName);
    if (type === 'DELETED') for (const volume of volumes.list()) if (volume.spec?.claimRef?.uid === object.metadata.uid) volumeQueue.add(nameOf(volume));
  });
  volumes.onChange(({ object }) => {
    volumeQueue.add(nameOf(object));
    for (const claim of claims.list()) if (claim.status?.phase !== 'Bound') claimQueue.add(nameOf(claim));
  });
  pods.onChange(({ object, before }) => {
    for (const pod of before ? [object, before] : [object]) {
      for (const { persistentVolumeClaim } of pod.spec?.volumes ?? [])
        if (persistentVolumeClaim) claimQueue.add(`${pod.metadata.namespace}/${persistentVolumeClaim.claimName}`);
    }
  });

  function reconcileClaim(key: string): void {
    const { namespace, name } = splitName(key);
    const claim = claims.get(namespace, name);
    if (!claim) return;
    if (claim.metadata.deletionTimestamp) {
      const isUsed = podsByClaim.get(key).size > 0;
      if (!isUsed && claim.metadata.finalizers?.includes('kubernetes.io/pvc-protection')) {
        registry.update<PersistentVolumeClaim>('persistentvolumeclaims', {
          ...claim,
          metadata: { ...claim.metadata, finalizers: claim.metadata.finalizers.filter((finalizer) => finalizer !== 'kubernetes.io/pvc-protection') },
        });
      }
      return;
    }
    if (claim.spec?.volumeName) return finishBinding(claim);
    const reserved = [...volumes.list()].find(
      (volume) =>
        volume.spec?.claimRef?.namespace === namespace &&
        volume.spec.claimRef.name === name &&
        (!volume.spec.claimRef.uid || volume.spec.claimRef.uid === claim.metadata.uid),
    );
    if (reserved) return bind(claim, reserved);
    const storageClass = classes.get('', claim.spec?.storageClassName ?? '');
    const isLate = storageClass?.volumeBindingMode === 'WaitForFirstConsumer';
    const node = claim.metadata.annotations?.[selectedNode];
    if (!isLate) {
      const fitting = smallest(claim);
      if (fitting) return bind(claim, fitting);
    }
    if (isLate && !node) {
      const isWanted = podsByClaim.get(key).size > 0;
      if (!isWanted) events.record(claim, 'Normal', 'WaitForFirstConsumer', 'waiting for first consumer to be created before binding', source);
      return;
    }
    if (!storageClass) {
      const message = claim.spec?.storageClassName
        ? `storageclass.storage.k8s.io "${claim.spec.storageClassName}" not found`
        : 'no persistent volumes available for this claim and no storage class is set';
      events.record(
        claim,
        claim.spec?.storageClassName ? 'Warning' : 'Normal',
        claim.spec?.storageClassName ? 'ProvisioningFailed' : 'FailedBinding',
        message,
        source,
      );
      return;
    }
    if (storageClass.provisioner === 'kubernetes.io/no-provisioner') return;
    events.record(
      claim,
      'Normal',
      'ExternalProvisioning',
      `Waiting for a volume to be created either by the external provisioner '${storageClass.provisioner}' or manually by the system administrator. If volume creation is delayed, please verify that the provisioner is running and correctly registered.`,
      source,
    );
    if (storageClass.provisioner !== provisioner) return;
    provision(claim, storageClass, node);
  }

  function provision(claim: PersistentVolumeClaim, storageClass: StorageClass, node: string | undefined): void {
    const name = `pvc-${claim.metadata.uid}`;
    if (volumes.get('', name)) return;
    const own = { component: `${provisioner}_maqueta` };
    events.record(claim, 'Normal', 'Provisioning', `External provisioner is provisioning volume for claim "${nameOf(claim)}"`, own);
    clock.after(200, () => {
      const current = claims.get(claim.metadata.namespace ?? '', claim.metadata.name ?? '');
      if (!current || current.metadata.uid !== claim.metadata.uid || current.metadata.deletionTimestamp || volumes.get('', name)) return;
      registry.create<PersistentVolume>('persistentvolumes', {
        apiVersion: 'v1',
        kind: 'PersistentVolume',
        metadata: { name, annotations: { 'pv.kubernetes.io/provisioned-by': provisioner } },
        spec: {
          capacity: { storage: claim.spec?.resources?.requests?.storage ?? '1Gi' },
          accessModes: claim.spec?.accessModes ?? ['ReadWriteOnce'],
          persistentVolumeReclaimPolicy: storageClass.reclaimPolicy ?? 'Delete',
          storageClassName: storageClass.metadata.name ?? '',
          volumeMode: claim.spec?.volumeMode ?? 'Filesystem',
          claimRef: {
            apiVersion: 'v1',
            kind: 'PersistentVolumeClaim',
            namespace: claim.metadata.namespace ?? '',
            name: claim.metadata.name ?? '',
            uid: claim.metadata.uid ?? '',
            resourceVersion: current.metadata.resourceVersion ?? '',
          },
          hostPath: { path: `/var/lib/maqueta/${name}`, type: 'DirectoryOrCreate' },
          ...(node
            ? { nodeAffinity: { required: { nodeSelectorTerms: [{ matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: [node] }] }] } } }
            : {}),
        },
      } as PersistentVolume);
      events.record(claim, 'Normal', 'ProvisioningSucceeded', `Successfully provisioned volume ${name}`, own);
    });
  }

  /** El PV libre más pequeño que sirve. */
  function smallest(claim: PersistentVolumeClaim): PersistentVolume | undefined {
    const wanted = parseQuantity(claim.spec?.resources?.requests?.storage ?? '0');
    return [...volumes.list()]
      .filter(
        ({ spec, status, metadata }) =>
          !spec?.claimRef &&
          !metadata.deletionTimestamp &&
          status?.phase !== 'Released' &&
          (spec?.storageClassName ?? '') === (claim.spec?.storageClassName ?? '') &&
          parseQuantity(spec?.capacity?.storage ?? '0') >= wanted &&
          (claim.spec?.accessModes ?? []).every((mode) => spec?.accessModes?.includes(mode)),
      )
      .sort((a, b) => parseQuantity(a.spec?.capacity?.storage ?? '0') - parseQuantity(b.spec?.capacity?.storage ?? '0'))[0];
  }

  function bind(claim: PersistentVolumeClaim, volume: PersistentVolume): void {
    if (!volume.spec?.claimRef?.uid) {
      const claimRef = {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: claim.metadata.namespace ?? '',
        name: claim.metadata.name ?? '',
        uid: claim.metadata.uid ?? '',
        resourceVersion: claim.metadata.resourceVersion ?? '',
      };
      registry.update<PersistentVolume>('persistentvolumes', {
        ...volume,
        metadata: { ...volume.metadata, annotations: { ...volume.metadata.annotations, 'pv.kubernetes.io/bound-by-controller': 'yes' } },
        spec: { ...volume.spec, claimRef },
      });
    }
    registry.update<PersistentVolumeClaim>('persistentvolumeclaims', {
      ...claim,
      metadata: {
        ...claim.metadata,
        annotations: { ...claim.metadata.annotations, 'pv.kubernetes.io/bind-completed': 'yes', 'pv.kubernetes.io/bound-by-controller': 'yes' },
      },
      ...(claim.spec ? { spec: { ...claim.spec, volumeName: volume.metadata.name ?? '' } } : {}),
    });
  }

  function finishBinding(claim: PersistentVolumeClaim): void {
    const volume = volumes.get('', claim.spec?.volumeName ?? '');
    if (!volume) {
      if (claim.status?.phase === 'Bound')
        registry.updateStatus<PersistentVolumeClaim>('persistentvolumeclaims', { ...claim, status: { ...claim.status, phase: 'Lost' } });
      return;
    }
    if (!volume.spec?.claimRef) return bind(claim, volume);
    if (volume.spec.claimRef.uid !== claim.metadata.uid || claim.status?.phase === 'Bound') return;
    registry.updateStatus<PersistentVolumeClaim>('persistentvolumeclaims', {
      ...claim,
      status: { phase: 'Bound', accessModes: volume.spec.accessModes ?? [], capacity: volume.spec.capacity ?? {} },
    });
  }

  function reconcileVolume(name: string): void {
    const volume = volumes.get('', name);
    if (!volume?.spec) return;
    const ref = volume.spec.claimRef;
    const claim = ref ? claims.get(ref.namespace ?? '', ref.name ?? '') : undefined;
    const isHeld = claim !== undefined && (!ref?.uid || claim.metadata.uid === ref.uid);
    const phase = !ref
      ? 'Available'
      : isHeld
        ? claim.spec?.volumeName === name
          ? 'Bound'
          : (volume.status?.phase ?? 'Available')
        : ref.uid
          ? 'Released'
          : 'Available';
    const isLeaving = volume.metadata.deletionTimestamp !== undefined;
    if (isLeaving && phase !== 'Bound' && volume.metadata.finalizers?.includes('kubernetes.io/pv-protection')) {
      registry.update<PersistentVolume>('persistentvolumes', {
        ...volume,
        metadata: { ...volume.metadata, finalizers: volume.metadata.finalizers.filter((finalizer) => finalizer !== 'kubernetes.io/pv-protection') },
      });
      return;
    }
    if (volume.status?.phase !== phase) registry.updateStatus<PersistentVolume>('persistentvolumes', { ...volume, status: { ...volume.status, phase } });
    if (
      phase === 'Released' &&
      volume.spec.persistentVolumeReclaimPolicy === 'Delete' &&
      !isLeaving &&
      volume.metadata.annotations?.['pv.kubernetes.io/provisioned-by'] === provisioner
    ) {
      registry.delete('persistentvolumes', '', name);
    }
  }
}
