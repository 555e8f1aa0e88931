import { nameOf, type ResourceKey } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Namespace, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { namespaceConditions, type Remaining } from './namespace-conditions.ts';
import { hasFinished } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

/** Lo que se da a quien quita un finalizer antes de volver a mirar. */
const finalizerEstimate = 15;

/** Nadie debe tener ya el espacio por vivo: se espera después de cada cambio suyo. Sigue a namespace_controller.go (namespaceDeletionGracePeriod). */
const settleTime = 5000;

const nothing: Remaining = { objects: new Map(), finalizers: new Map(), errors: [] };

/**
 * Vacía un espacio que se borra y, cuando no queda nada, le quita el finalizer. Primero los Pods; lo demás, cuando ya no hay ninguno.
 * Sigue a pkg/controller/namespace/deletion/namespaced_resources_deleter.go.
 */
export function startNamespaceController(world: World): void {
  const { store, registry, clock } = world;
  const namespaces = store.collection<Namespace>('namespaces');
  const others = store.keys.filter((key) => key !== 'pods' && store.collection(key).info.namespaced);
  const queue = createWorkQueue(clock, 30, reconcile);

  namespaces.onChange(({ type, object }) => {
    if (type !== 'DELETED' && object.metadata.deletionTimestamp) queue.addAfter(nameOf(object), settleTime);
  });

  function reconcile(name: string): void {
    const namespace = namespaces.get('', name);
    if (!namespace?.metadata.deletionTimestamp) return;
    const pods = empty('pods', name, podEstimate(namespace));
    // Con Pods de por medio aún no se cuenta lo demás.
    if (pods.left > 0) return finish(namespace, pods.estimate, { ...nothing, errors: pods.errors });
    const objects = new Map<string, number>();
    const finalizers = new Map<string, number>();
    const errors: string[] = [];
    let estimate = 0;
    for (const key of others) {
      const result = empty(key, name, 0);
      if (result.left === 0) continue;
      const { plural, group } = store.collection(key).info;
      objects.set(`${plural}.${group}`, result.left);
      for (const [finalizer, count] of result.finalizers) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + count);
      errors.push(...result.errors);
      estimate = Math.max(estimate, result.estimate);
    }
    finish(namespace, estimate, { objects, finalizers, errors });
  }

  /** Segundos que los Pods pueden tardar en despedirse: los que no han acabado, y mientras no se haya pasado su gracia. */
  function podEstimate({ metadata: { name = '', deletionTimestamp = '' } }: Namespace): number {
    const graces = [...store.collection<Pod>('pods').list(name)].filter((pod) => !hasFinished(pod)).map(({ spec }) => spec?.terminationGracePeriodSeconds ?? 0);
    const grace = Math.max(0, ...graces);
    return clock.now() - Date.parse(deletionTimestamp) >= grace * 1000 ? 0 : grace;
  }

  function empty(key: ResourceKey, namespace: string, estimate: number) {
    for (const { metadata } of [...store.collection(key).list(namespace)]) {
      if (!metadata.deletionTimestamp) registry.delete(key, namespace, metadata.name ?? '', { propagationPolicy: 'Background' });
    }
    const left = [...store.collection(key).list(namespace)];
    const finalizers = new Map<string, number>();
    for (const { metadata } of left) for (const finalizer of metadata.finalizers ?? []) finalizers.set(finalizer, (finalizers.get(finalizer) ?? 0) + 1);
    const { plural, group, version } = store.collection(key).info;
    const isUnexpected = left.length > 0 && estimate === 0 && finalizers.size === 0;
    const resource = `${group}/${version}, Resource=${plural}`;
    return {
      left: left.length,
      finalizers,
      estimate: estimate || (finalizers.size > 0 ? finalizerEstimate : 0),
      errors: isUnexpected ? [`unexpected items still remain in namespace: ${namespace} for gvr: ${resource}`] : [],
    };
  }

  function finish(namespace: Namespace, estimate: number, remaining: Remaining): void {
    const conditions = namespaceConditions(namespace.status, remaining, timestamp(clock.now()));
    const written = registry.updateStatus<Namespace>('namespaces', { ...namespace, status: { ...namespace.status, phase: 'Terminating', conditions } });
    // Lo que no debía quedar se reintenta en seguida; lo que se espera, cuando haya pasado la mitad de lo que puede tardar.
    if (remaining.errors.length > 0) throw new ApiError(500, 'InternalError', remaining.errors.join(', '));
    if (estimate > 0) return queue.addAfter(nameOf(written), (Math.floor(estimate / 2) + 1) * 1000);
    registry.update<Namespace>('namespaces', { ...written, spec: { ...written.spec, finalizers: [] } });
  }
}
