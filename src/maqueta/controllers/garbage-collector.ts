import { type KubeObject, nameOf, type ResourceKey } from '../object.ts';
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
      for (const owner of object.metadata.ownerReferences ?? []) if (byUid.has(owner.uid)) queue.add(owner.uid);
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
    if (object.metadata.deletionTimestamp && object.metadata.finalizers?.some((finalizer) => finalizer === 'foregroundDeletion' || finalizer === 'orphan'))
      queue.add(uid);
  });

  function reconcile(uid: string): void {
    const item = byUid.get(uid);
    if (!item) return;
    const { object } = item;
    const finalizers = object.metadata.finalizers ?? [];
    if (object.metadata.deletionTimestamp && finalizers.includes('orphan')) return orphan(item);
    if (object.metadata.deletionTimestamp && finalizers.includes('foregroundDeletion')) return foreground(item);
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

  /** Borra primero a los que le bloquean, y él al final. */
  function foreground({ key, object }: { key: ResourceKey; object: KubeObject }): void {
    const blocking = [...(dependents.get(object.metadata.uid ?? '') ?? [])].map((uid) => byUid.get(uid)).filter((child) => child !== undefined);
    for (const child of blocking) if (!child.object.metadata.deletionTimestamp) remove(child, 'Foreground');
    const isBlocked = blocking.some(
      (child) =>
        child.object.metadata.ownerReferences?.some((owner) => owner.uid === object.metadata.uid && owner.blockOwnerDeletion) &&
        byUid.has(child.object.metadata.uid ?? ''),
    );
    if (!isBlocked) rewrite({ key, object }, { finalizers: (object.metadata.finalizers ?? []).filter((finalizer) => finalizer !== 'foregroundDeletion') });
  }

  function collect(item: { key: ResourceKey; object: KubeObject }): void {
    const owners = item.object.metadata.ownerReferences ?? [];
    if (owners.length === 0 || item.object.metadata.deletionTimestamp) return;
    const alive = owners.filter((owner) => byUid.has(owner.uid));
    if (alive.length === owners.length) return;
    if (alive.length > 0) return rewrite(item, { ownerReferences: alive });
    remove(item, 'Background');
  }

  function remove({ key, object }: { key: ResourceKey; object: KubeObject }, policy: 'Foreground' | 'Background'): void {
    const { namespace = '', name = '', uid = '' } = object.metadata;
    if (!store.collection(key).get(namespace, name)) return;
    const hasChildren = (dependents.get(uid)?.size ?? 0) > 0;
    registry.delete(key, namespace, name, { preconditions: { uid }, propagationPolicy: hasChildren ? policy : 'Background' });
  }

  function rewrite({ key, object }: { key: ResourceKey; object: KubeObject }, change: Partial<KubeObject['metadata']>): void {
    const current = store.collection(key).get(object.metadata.namespace ?? '', object.metadata.name ?? '');
    if (!current || current.metadata.uid !== object.metadata.uid) return;
    registry.update(key, { ...current, metadata: { ...current.metadata, ...change } });
  }

  void nameOf;
}
