import { controllerOf, nameOf, splitName } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import { compileSelector } from '../scheduler/label-matcher.ts';
import type { ControllerRevision, PersistentVolumeClaim, Pod, StatefulSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { resolveAmount } from './int-or-string.ts';
import { isAvailable, isReady, ownerReference, podsByController } from './pods.ts';
import { createRevisions, templateOf } from './revisions.ts';
import { claimName, claimOwners, newClaim, newStatefulPod, ordinalOf, revisionOf } from './statefulset-pods.ts';
import { createWorkQueue } from './work-queue.ts';

const source = { component: 'statefulset-controller' };

/**
 * Réplicas con nombre, orden y disco. Nunca dos Pods con la misma identidad: mientras el viejo exista, el nuevo no nace.
 * Sigue a pkg/controller/statefulset/stateful_set_control.go.
 */
export function startStatefulSetController(world: World): void {
  const { store, registry, events, clock } = world;
  const sets = store.collection<StatefulSet>('apps/statefulsets');
  const pods = store.collection<Pod>('pods');
  const claims = store.collection<PersistentVolumeClaim>('persistentvolumeclaims');
  const owned = podsByController(pods);
  const revisions = createRevisions(world, (hash) => ({ 'controller.kubernetes.io/hash': hash }));
  const queue = createWorkQueue(clock, 12, reconcile);

  sets.onChange(({ object }) => queue.add(nameOf(object)));
  pods.onChange(({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'StatefulSet') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });

  function reconcile(key: string): void {
    const { namespace, name } = splitName(key);
    const set = sets.get(namespace, name);
    if (!set?.spec) return;
    adopt(set);
    const update = revisions.current(set);
    const known = revisions.list(set);
    const current = known.find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
    if (!set.metadata.deletionTimestamp) act(set, current, update);
    writeStatus(set, current, update);
    const inUse = new Set([update.metadata.name ?? '', current.metadata.name ?? '', ...[...owned.get(set.metadata.uid ?? '')].map(revisionOf)]);
    revisions.cleanUp(set, inUse);
  }

  function adopt(set: StatefulSet): void {
    if (set.metadata.deletionTimestamp) return;
    const matcher = compileSelector(set.spec?.selector);
    for (const pod of [...owned.get('')]) {
      if (
        pod.metadata.namespace !== set.metadata.namespace ||
        pod.metadata.deletionTimestamp ||
        ordinalOf(set, pod) === undefined ||
        !matcher.matches(pod.metadata.labels ?? {})
      )
        continue;
      registry.update<Pod>('pods', { ...pod, metadata: { ...pod.metadata, ownerReferences: [...(pod.metadata.ownerReferences ?? []), ownerReference(set)] } });
    }
  }

  /** Un paso hacia lo pedido. Con OrderedReady se para en la primera réplica que no está lista. */
  function act(set: StatefulSet, current: ControllerRevision, update: ControllerRevision): void {
    const start = set.spec?.ordinals?.start ?? 0;
    const replicas = set.spec?.replicas ?? 1;
    const isMonotonic = set.spec?.podManagementPolicy !== 'Parallel';
    const mine = [...owned.get(set.metadata.uid ?? '')];
    const byOrdinal = new Map(mine.map((pod) => [ordinalOf(set, pod), pod] as const));
    const condemned = mine
      .filter((pod) => !isInRange(ordinalOf(set, pod), start, replicas))
      .sort((a, b) => (ordinalOf(set, b) ?? 0) - (ordinalOf(set, a) ?? 0));
    for (let ordinal = start; ordinal < start + replicas; ordinal++) updateClaims(set, byOrdinal.get(ordinal), ordinal, false);
    for (const pod of condemned) updateClaims(set, pod, ordinalOf(set, pod) ?? 0, true);

    for (let ordinal = start; ordinal < start + replicas; ordinal++) {
      const pod = byOrdinal.get(ordinal);
      if (!pod) {
        create(set, ordinal, versionFor(set, ordinal, current, update));
        if (isMonotonic) return;
        continue;
      }
      if (pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') {
        if (!pod.metadata.deletionTimestamp) {
          events.record(set, 'Warning', 'RecreatingFailedPod', `StatefulSet ${nameOf(set)} is recreating failed Pod ${pod.metadata.name}`, source);
          remove(set, pod);
        }
        if (isMonotonic) return;
        continue;
      }
      if (!isMonotonic) continue;
      if (pod.metadata.deletionTimestamp || !isHealthy(set, pod)) return;
    }
    for (const pod of condemned) {
      if (pod.metadata.deletionTimestamp) {
        if (isMonotonic) return;
        continue;
      }
      // Al reducir en orden, se espera a que todas las de delante estén sanas.
      const firstSick = mine.find((other) => other !== pod && isInRange(ordinalOf(set, other), start, replicas) && !isHealthy(set, other));
      if (isMonotonic && firstSick) return;
      remove(set, pod);
      if (isMonotonic) return;
    }
    if (set.spec?.updateStrategy?.type === 'OnDelete') return;
    roll(set, update, mine, start, replicas);
  }

  /** De mayor a menor ordinal, sin bajar del partition ni dejar más de maxUnavailable sin estar. */
  function roll(set: StatefulSet, update: ControllerRevision, mine: readonly Pod[], start: number, replicas: number): void {
    const { partition = 0, maxUnavailable = 1 } = set.spec?.updateStrategy?.rollingUpdate ?? {};
    const limit = Math.max(1, resolveAmount(maxUnavailable, replicas, 'up'));
    const inRange = mine.filter((pod) => isInRange(ordinalOf(set, pod), start, replicas));
    let unavailable = inRange.filter((pod) => !isHealthy(set, pod)).length;
    for (const pod of [...inRange].sort((a, b) => (ordinalOf(set, b) ?? 0) - (ordinalOf(set, a) ?? 0))) {
      if ((ordinalOf(set, pod) ?? 0) < Math.max(partition, start)) return;
      if (revisionOf(pod) !== update.metadata.name && !pod.metadata.deletionTimestamp) {
        const isSick = !isHealthy(set, pod);
        if (!isSick && unavailable >= limit) return;
        if (isSick && unavailable > limit) return;
        remove(set, pod);
        if (!isSick) unavailable += 1;
        if (unavailable >= limit) return;
        continue;
      }
      if (!isHealthy(set, pod) && unavailable >= limit) return;
    }
  }

  const isHealthy = (set: StatefulSet, pod: Pod): boolean => {
    if (pod.metadata.deletionTimestamp || !isReady(pod)) return false;
    const minReady = set.spec?.minReadySeconds ?? 0;
    if (isAvailable(pod, minReady, clock.now())) return true;
    queue.addAfter(nameOf(set), minReady * 1000);
    return false;
  };

  /** Qué versión le toca a una réplica que nace. Sigue a newVersionedStatefulSetPod. */
  function versionFor(set: StatefulSet, ordinal: number, current: ControllerRevision, update: ControllerRevision): ControllerRevision {
    const start = set.spec?.ordinals?.start ?? 0;
    if (set.spec?.updateStrategy?.type === 'OnDelete') return update;
    const partition = set.spec?.updateStrategy?.rollingUpdate?.partition;
    const isOld = partition === undefined ? ordinal < start + (set.status?.currentReplicas ?? 0) : ordinal < start + partition;
    return isOld ? current : update;
  }

  function create(set: StatefulSet, ordinal: number, revision: ControllerRevision): void {
    for (const template of set.spec?.volumeClaimTemplates ?? []) {
      const name = claimName(set, template, ordinal);
      const existing = claims.get(set.metadata.namespace ?? '', name);
      // Un PVC que se está yendo no se puede reutilizar: se espera a que acabe.
      if (existing?.metadata.deletionTimestamp) {
        queue.addAfter(nameOf(set), 1000);
        return;
      }
      if (existing) continue;
      registry.create<PersistentVolumeClaim>('persistentvolumeclaims', newClaim(set, template, ordinal));
      events.record(
        set,
        'Normal',
        'SuccessfulCreate',
        `create Claim ${name} Pod ${set.metadata.name}-${ordinal} in StatefulSet ${set.metadata.name} success`,
        source,
      );
    }
    updateClaims(set, undefined, ordinal, false);
    const pod = registry.create<Pod>('pods', newStatefulPod(set, templateOf(revision), revision.metadata.name ?? '', ordinal));
    events.record(set, 'Normal', 'SuccessfulCreate', `create Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`, source);
  }

  function remove(set: StatefulSet, pod: Pod): void {
    registry.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name ?? '', { preconditions: { uid: pod.metadata.uid ?? '' } });
    events.record(set, 'Normal', 'SuccessfulDelete', `delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`, source);
  }

  function updateClaims(set: StatefulSet, pod: Pod | undefined, ordinal: number, isCondemned: boolean): void {
    for (const template of set.spec?.volumeClaimTemplates ?? []) {
      const claim = claims.get(set.metadata.namespace ?? '', claimName(set, template, ordinal));
      if (!claim || claim.metadata.deletionTimestamp) continue;
      const before = (claim.metadata.ownerReferences ?? []) as ReturnType<typeof ownerReference>[];
      const after = claimOwners(set, pod, isCondemned, before);
      if (!isEqual(before, after))
        registry.update<PersistentVolumeClaim>('persistentvolumeclaims', { ...claim, metadata: { ...claim.metadata, ownerReferences: after } });
    }
  }

  function writeStatus(given: StatefulSet, current: ControllerRevision, update: ControllerRevision): void {
    const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (!set) return;
    const mine = [...owned.get(set.metadata.uid ?? '')];
    const ready = mine.filter((pod) => pod.status?.phase === 'Running' && isReady(pod));
    const now = clock.now();
    const count = (revision: ControllerRevision) => mine.filter((pod) => revisionOf(pod) === revision.metadata.name && !pod.metadata.deletionTimestamp).length;
    const replicas = set.spec?.replicas ?? 1;
    const updated = count(update);
    // La actualización termina cuando todas son nuevas y están listas: entonces lo nuevo pasa a ser lo actual.
    const isDone = update.metadata.name !== current.metadata.name && updated === replicas && mine.length === replicas && ready.length === replicas;
    const base = isDone ? update : current;
    registry.updateStatus<StatefulSet>('apps/statefulsets', {
      ...set,
      status: {
        observedGeneration: set.metadata.generation ?? 1,
        replicas: mine.length,
        ...nonZero('readyReplicas', ready.length),
        ...nonZero('currentReplicas', count(base)),
        ...nonZero('updatedReplicas', updated),
        currentRevision: base.metadata.name ?? '',
        updateRevision: update.metadata.name ?? '',
        collisionCount: set.status?.collisionCount ?? 0,
        availableReplicas: ready.filter((pod) => isAvailable(pod, set.spec?.minReadySeconds ?? 0, now)).length,
      },
    });
  }
}

const isInRange = (ordinal: number | undefined, start: number, replicas: number): boolean =>
  ordinal !== undefined && ordinal >= start && ordinal < start + replicas;

const nonZero = <Key extends string>(key: Key, value: number): Partial<Record<Key, number>> => (value > 0 ? ({ [key]: value } as Record<Key, number>) : {});
