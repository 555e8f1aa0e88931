import { nameOf } from '../object.ts';
import type { Namespace } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

/**
 * Vacía un espacio que se borra y, cuando no queda nada, le quita el finalizer.
 * Sigue a pkg/controller/namespace/deletion/namespaced_resources_deleter.go.
 */
export function startNamespaceController(world: World): void {
  const { store, registry, clock } = world;
  const namespaces = store.collection<Namespace>('namespaces');
  const namespaced = store.keys.filter((key) => store.collection(key).info.namespaced);
  const queue = createWorkQueue(clock, 30, reconcile);

  namespaces.onChange(({ type, object }) => {
    if (type !== 'DELETED' && object.metadata.deletionTimestamp) queue.add(nameOf(object));
  });
  store.onAnyChange((_key, { type, object }) => {
    const home = type === 'DELETED' && object.metadata.namespace ? namespaces.get('', object.metadata.namespace) : undefined;
    if (home?.metadata.deletionTimestamp) queue.add(nameOf(home));
  });

  function reconcile(name: string): void {
    const namespace = namespaces.get('', name);
    if (!namespace?.metadata.deletionTimestamp) return;
    for (const key of namespaced) {
      for (const object of [...store.collection(key).list(name)]) {
        if (!object.metadata.deletionTimestamp) registry.delete(key, name, object.metadata.name ?? '', { propagationPolicy: 'Background' });
      }
    }
    const remaining = namespaced.reduce((sum, key) => sum + [...store.collection(key).list(name)].length, 0);
    if (remaining > 0) {
      registry.updateStatus<Namespace>('namespaces', {
        ...namespace,
        status: {
          phase: 'Terminating',
          conditions: [
            {
              type: 'NamespaceContentRemaining',
              status: 'True',
              reason: 'SomeResourcesRemain',
              message: `Some resources are remaining: ${remaining} objects`,
              lastTransitionTime: timestamp(clock.now()),
            },
          ],
        },
      });
      return;
    }
    registry.update<Namespace>('namespaces', { ...namespace, spec: { ...namespace.spec, finalizers: [] } });
  }
}
