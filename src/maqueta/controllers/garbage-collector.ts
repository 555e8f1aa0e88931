import type { KubeObject, ResourceKey } from '../object.ts';
import type { World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

/**
 * Borra lo que se queda sin dueños y cumple los finalizers `foregroundDeletion` y `orphan`.
 * Sigue a pkg/controller/garbagecollector/garbagecollector.go.
 */
export function startGarbageCollector({ store, registry, clock }: World): void {
  const byUid = new Map<string, { key: ResourceKey; object: KubeObject }>();
  const dependents = new Map<string, Set<string>>();
  const queue = createWorkQueue(clock, 20, reconcile);

  store.onAnyChange((key, { type, object, before }) => {
    const uid = object.metadata.uid ?? '';
    for (const owner of before?.metadata.ownerReferences ?? []) dependents.get(owner.uid)?.delete(uid);
    if (type === 'DELETED') {
      byUid.delete(uid);
      for (const owner of object.metadata.ownerReferences ?? []) dependents.get(owner.uid)?.delete(uid);
      // Los que esperaban a que este se fuera: sus dueños en primer plano, y lo que era suyo.
      for (const owner of object.metadata.ownerReferences ?? []) if (waits(byUid.get(owner.uid)?.object, 'foregroundDeletion')) queue.add(owner.uid);
      for (const dependent of dependents.get(uid) ?? []) queue.add(dependent);
      if (dependents.get(uid)?.size === 0) dependents.delete(uid);
      return;
    }
    byUid.set(uid, { key, object });
    for (const owner of object.metadata.ownerReferences ?? []) {
      const set = dependents.get(owner.uid) ?? new Set();
      dependents.set(owner.uid, set.add(uid));
      if (!byUid.has(owner.uid)) queue.add(uid);
    }
    // Quien deja de bloquear a un dueño que espera lo despierta.
    for (const owner of before?.metadata.ownerReferences ?? []) {
      if (owner.blockOwnerDeletion && !object.metadata.ownerReferences?.some((kept) => kept.uid === owner.uid && kept.blockOwnerDeletion)) queue.add(owner.uid);
    }
    // Solo cuenta el momento en que empieza a esperar: lo que cambie después en él no lo vuelve a mirar.
    if (waits(object, 'orphan') && !waits(before, 'orphan')) queue.add(uid);
    else if (waits(object, 'foregroundDeletion') && !waits(before, 'foregroundDeletion')) {
      for (const dependent of dependents.get(uid) ?? []) queue.add(dependent);
      queue.add(uid);
    }
  });

  function reconcile(uid: string): void {
    const item = byUid.get(uid);
    if (!item) return;
    const { object } = item;
    if (waits(object, 'orphan')) return orphan(item);
    if (waits(object, 'foregroundDeletion')) return foreground(item);
    collect(item);
  }

  /** Suelta a los suyos y, ya sin ninguno, deja que se borre: entretanto su controlador ve que no le queda nadie. */
  function orphan({ key, object }: { key: ResourceKey; object: KubeObject }): void {
    const children = [...(dependents.get(object.metadata.uid ?? '') ?? [])].map((uid) => byUid.get(uid)).filter((child) => child !== undefined);
    for (const child of children) {
      rewrite(child, { ownerReferences: (child.object.metadata.ownerReferences ?? []).filter((owner) => owner.uid !== object.metadata.uid) });
    }
    if (children.length > 0) return queue.add(object.metadata.uid ?? '');
    rewrite({ key, object }, { finalizers: (object.metadata.finalizers ?? []).filter((finalizer) => finalizer !== 'orphan') });
  }

  /** Mientras quede alguien que le bloquee, insiste con ellos; cuando no, deja que se borre. Sigue a processDeletingDependentsItem. */
  function foreground({ key, object }: { key: ResourceKey; object: KubeObject }): void {
    const blocking = [...(dependents.get(object.metadata.uid ?? '') ?? [])].filter((uid) =>
      byUid.get(uid)?.object.metadata.ownerReferences?.some((owner) => owner.uid === object.metadata.uid && owner.blockOwnerDeletion),
    );
    for (const uid of blocking) if (!waits(byUid.get(uid)?.object, 'foregroundDeletion')) queue.add(uid);
    if (blocking.length === 0)
      rewrite({ key, object }, { finalizers: (object.metadata.finalizers ?? []).filter((finalizer) => finalizer !== 'foregroundDeletion') });
  }

  /** Se borra quien no tiene ningún dueño que vaya a seguir ahí. Sigue a attemptToDeleteItem. */
  function collect(item: { key: ResourceKey; object: KubeObject }): void {
    const owners = item.object.metadata.ownerReferences ?? [];
    if (owners.length === 0 || item.object.metadata.deletionTimestamp) return;
    const alive = owners.filter((owner) => byUid.has(owner.uid));
    const solid = alive.filter((owner) => !waits(byUid.get(owner.uid)?.object, 'foregroundDeletion'));
    if (solid.length === owners.length) return;
    if (solid.length > 0) return rewrite(item, { ownerReferences: solid });
    const { finalizers = [], uid = '' } = item.object.metadata;
    if (alive.length > 0 && (dependents.get(uid)?.size ?? 0) > 0) return remove(item, 'Foreground');
    remove(item, finalizers.includes('orphan') ? 'Orphan' : finalizers.includes('foregroundDeletion') ? 'Foreground' : 'Background');
  }

  function remove({ key, object }: { key: ResourceKey; object: KubeObject }, propagationPolicy: 'Foreground' | 'Background' | 'Orphan'): void {
    const { namespace = '', name = '', uid = '' } = object.metadata;
    if (!store.collection(key).get(namespace, name)) return;
    registry.delete(key, namespace, name, { preconditions: { uid }, propagationPolicy });
  }

  function rewrite({ key, object }: { key: ResourceKey; object: KubeObject }, change: Partial<KubeObject['metadata']>): void {
    const current = store.collection(key).get(object.metadata.namespace ?? '', object.metadata.name ?? '');
    if (!current || current.metadata.uid !== object.metadata.uid) return;
    registry.update(key, { ...current, metadata: { ...current.metadata, ...change } });
  }
}

/** Se está borrando y espera a que se haga algo con los suyos. */
const waits = (object: KubeObject | undefined, finalizer: 'orphan' | 'foregroundDeletion'): boolean =>
  object?.metadata.deletionTimestamp !== undefined && (object.metadata.finalizers?.includes(finalizer) ?? false);
