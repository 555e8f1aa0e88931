import type { Timer } from '../clock/clock.ts';
import { nameOf, splitName } from '../object.ts';
import type { PersistentVolume, PersistentVolumeClaim } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { isBound, selectedNodeAnnotation } from './volume-claims.ts';
import type { VolumePlan } from './volume-plan.ts';

/** Lleva a cabo un plan de volúmenes y avisa cuando los controladores han enlazado todo. */
export interface VolumeBinder {
  bind(uid: string, nodeName: string, plan: VolumePlan, onDone: (failure: string | undefined) => void): void;
  isWaiting(uid: string): boolean;
  cancel(uid: string): void;
}

interface Waiting {
  uid: string;
  nodeName: string;
  claims: readonly string[];
  provisions: ReadonlySet<string>;
  timer: Timer;
  onDone(failure: string | undefined): void;
}

/** Lo que espera el planificador antes de volver a intentarlo. */
const bindTimeout = 600_000;

// Sigue a kube-scheduler: framework/plugins/volumebinding/binder.go (BindPodVolumes, checkBindings).
export function createVolumeBinder({ clock, store, registry }: World): VolumeBinder {
  const waiting = new Map<string, Waiting>();
  const claims = store.collection<PersistentVolumeClaim>('persistentvolumeclaims');

  const finish = (one: Waiting, failure: string | undefined) => {
    one.timer.cancel();
    if (waiting.delete(one.uid)) one.onDone(failure);
  };

  const check = (one: Waiting) => {
    let isReady = true;
    for (const key of one.claims) {
      const { namespace, name } = splitName(key);
      const claim = claims.get(namespace, name);
      if (!claim) return finish(one, `binding volumes: failed to check binding pvc: could not find PVC "${key}" in cache`);
      if (isBound(claim)) continue;
      isReady = false;
      // Si quien crea el volumen no puede, quita la anotación: hay que elegir otro nodo.
      if (one.provisions.has(key) && claim.metadata.annotations?.[selectedNodeAnnotation] !== one.nodeName) {
        return finish(one, `binding volumes: provisioning failed for PVC "${name}"`);
      }
    }
    if (isReady) finish(one, undefined);
  };

  claims.onChange(({ object }) => {
    if (waiting.size === 0) return;
    const key = nameOf(object);
    for (const one of [...waiting.values()]) if (one.claims.includes(key)) check(one);
  });

  return {
    isWaiting: (uid) => waiting.has(uid),
    cancel(uid) {
      waiting.get(uid)?.timer.cancel();
      waiting.delete(uid);
    },
    bind(uid, nodeName, { bindings, provisions }, onDone) {
      for (const { volume, claim } of bindings) registry.update('persistentvolumes', reserve(volume, claim));
      for (const claim of provisions) {
        if (claim.metadata.annotations?.[selectedNodeAnnotation] === nodeName) continue;
        const annotations = { ...claim.metadata.annotations, [selectedNodeAnnotation]: nodeName };
        registry.update('persistentvolumeclaims', { ...claim, metadata: { ...claim.metadata, annotations } });
      }
      const one: Waiting = {
        uid,
        nodeName,
        claims: [...bindings.map(({ claim }) => nameOf(claim)), ...provisions.map(nameOf)],
        provisions: new Set(provisions.map(nameOf)),
        timer: clock.after(bindTimeout, () => finish(one, 'binding volumes: context deadline exceeded')),
        onDone,
      };
      waiting.set(uid, one);
      check(one);
    },
  };
}

const reserve = (volume: PersistentVolume, claim: PersistentVolumeClaim): PersistentVolume => ({
  ...volume,
  metadata: { ...volume.metadata, annotations: { ...volume.metadata.annotations, 'pv.kubernetes.io/bound-by-controller': 'yes' } },
  spec: {
    ...volume.spec,
    claimRef: {
      kind: 'PersistentVolumeClaim',
      apiVersion: 'v1',
      namespace: claim.metadata.namespace ?? '',
      name: claim.metadata.name ?? '',
      uid: claim.metadata.uid ?? '',
      resourceVersion: claim.metadata.resourceVersion ?? '',
    },
  },
});
