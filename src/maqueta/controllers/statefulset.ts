import { nameOf, splitName } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { ControllerRevision, Pod, StatefulSet } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { claimPods, watchOwnedPods } from './claim-pods.ts';
import { hasFinished, nextAvailable, podsByController } from './pods.ts';
import { createRevisions, templateOf } from './revisions.ts';
import { createStatefulClaims } from './statefulset-claims.ts';
import {
  firstOrdinal,
  isInRange,
  isOldNeeded,
  isOrdered,
  isRunningAndAvailable,
  isUnavailable,
  newStatefulPod,
  ordinalOf,
  repairedIdentity,
  revisionOf,
} from './statefulset-pods.ts';
import { podsToUpdate } from './statefulset-rolling.ts';
import { statefulSetStatus } from './statefulset-status.ts';
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
  const owned = podsByController(pods);
  const claims = createStatefulClaims(world);
  const revisions = createRevisions(world, (hash) => ({ 'controller.kubernetes.io/hash': hash }));
  const queue = createWorkQueue(clock, 12, reconcile);

  sets.onChange(({ object }) => queue.add(nameOf(object)));
  watchOwnedPods(pods, sets, 'StatefulSet', queue.add);

  function reconcile(key: string): 'retry' | undefined {
    const { namespace, name } = splitName(key);
    const set = sets.get(namespace, name);
    if (!set?.spec) return undefined;
    claimPods(world, owned, set, { isMember: (pod) => ordinalOf(set, pod) !== undefined });
    const { revision: update, collisions } = revisions.current(set);
    const current = revisions.list(set).find(({ metadata }) => metadata.name === set.status?.currentRevision) ?? update;
    // Se cuenta lo que había al empezar: lo creado en esta vuelta se verá en la siguiente.
    const counted = [...owned.get(set.metadata.uid ?? '')];
    let failure: ApiError | undefined;
    let replaced = 0;
    if (!set.metadata.deletionTimestamp) {
      try {
        replaced = act(set, current, update);
      } catch (error) {
        if (!(error instanceof ApiError)) throw error;
        failure = error;
      }
    }
    const isWritten = writeStatus(set, counted, current, update, collisions, replaced);
    const inUse = new Set([update.metadata.name ?? '', current.metadata.name ?? '', ...[...owned.get(set.metadata.uid ?? '')].map(revisionOf)]);
    revisions.cleanUp(set, inUse);
    return failure || !isWritten ? 'retry' : undefined;
  }

  /** Un paso hacia lo pedido. Con OrderedReady se para en la primera réplica que no está lista. Devuelve cuántos Pods ha borrado por viejos. */
  function act(set: StatefulSet, current: ControllerRevision, update: ControllerRevision): number {
    const start = firstOrdinal(set);
    const ordered = isOrdered(set);
    const replicas: (Pod | undefined)[] = new Array(set.spec?.replicas ?? 1).fill(undefined);
    const condemned: Pod[] = [];
    for (const pod of owned.get(set.metadata.uid ?? '')) {
      const ordinal = ordinalOf(set, pod);
      if (ordinal === undefined) continue;
      if (isInRange(set, ordinal)) replicas[ordinal - start] = pod;
      else condemned.push(pod);
    }
    condemned.sort((a, b) => (ordinalOf(set, b) ?? 0) - (ordinalOf(set, a) ?? 0));
    // Quién no está sano se decide antes de tocar nada: uno que está por nacer tampoco lo está.
    const sickReplica = replicas.findIndex((pod) => !pod || isUnavailable(set, pod, clock.now()));
    const sickCondemned = condemned.findLast((pod) => isUnavailable(set, pod, clock.now()));

    for (const [index, pod] of replicas.entries()) {
      const mustStop = processReplica(set, pod, start + index, current, update);
      if (mustStop && ordered) return 0;
    }
    for (const pod of condemned) claims.retain(set, pod, ordinalOf(set, pod) ?? 0);
    for (const pod of condemned) {
      if (pod.metadata.deletionTimestamp) {
        if (ordered) return 0;
        continue;
      }
      // Al reducir en orden se espera a los que no están sanos, salvo que sea justo el que se va.
      const isFirstSick = sickReplica < 0 && pod === sickCondemned;
      if (ordered && !isRunningAndAvailable(set, pod, clock.now()) && !isFirstSick) return 0;
      remove(set, pod);
      if (ordered) return 0;
    }
    if (set.spec?.updateStrategy?.type === 'OnDelete') return 0;
    const old = podsToUpdate(set, replicas, update, clock.now());
    for (const pod of old) remove(set, pod);
    return old.length;
  }

  /** Lleva una réplica un paso más cerca. Devuelve si, en orden, hay que esperar a la siguiente vuelta. Sigue a processReplica. */
  function processReplica(set: StatefulSet, pod: Pod | undefined, ordinal: number, current: ControllerRevision, update: ControllerRevision): boolean {
    if (!pod) {
      if (!claims.isStale(set, ordinal)) create(set, ordinal, isOldNeeded(set, ordinal) ? current : update);
      return true;
    }
    // Uno que acabó se repone; el nuevo nace cuando el viejo ya no existe.
    if (hasFinished(pod)) {
      if (!pod.metadata.deletionTimestamp) remove(set, pod);
      return true;
    }
    if (pod.status?.phase === 'Pending' && !pod.metadata.deletionTimestamp) claims.ensure(set, ordinal);
    if (isOrdered(set) && isUnavailable(set, pod, clock.now())) return true;
    claims.retain(set, pod, ordinal);
    const repaired = repairedIdentity(set, pod);
    if (repaired) registry.update<Pod>('pods', repaired);
    return false;
  }

  function create(set: StatefulSet, ordinal: number, revision: ControllerRevision): void {
    const name = `${set.metadata.name}-${ordinal}`;
    try {
      claims.ensure(set, ordinal);
      const pod = registry.create<Pod>('pods', newStatefulPod(set, templateOf(revision), revision, ordinal));
      claims.retain(set, pod, ordinal);
      events.record(set, 'Normal', 'SuccessfulCreate', `Create Pod ${name} in StatefulSet ${set.metadata.name} successful`, source);
    } catch (error) {
      // Si ya hay otro Pod con ese nombre se insiste en silencio, como el real.
      if (error instanceof ApiError && error.reason !== 'AlreadyExists') {
        events.record(set, 'Warning', 'FailedCreate', `Create Pod ${name} in StatefulSet ${set.metadata.name} failed error: ${error.message}`, source);
      }
      throw error;
    }
  }

  function remove(set: StatefulSet, pod: Pod): void {
    const found = pods.get(pod.metadata.namespace ?? '', pod.metadata.name ?? '');
    if (found?.metadata.uid !== pod.metadata.uid) return;
    registry.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name ?? '', { preconditions: { uid: pod.metadata.uid ?? '' } });
    events.record(set, 'Normal', 'SuccessfulDelete', `Delete Pod ${pod.metadata.name} in StatefulSet ${set.metadata.name} successful`, source);
  }

  /** Devuelve si la API lo ha admitido. */
  function writeStatus(
    given: StatefulSet,
    mine: readonly Pod[],
    current: ControllerRevision,
    update: ControllerRevision,
    collisions: number,
    replaced: number,
  ): boolean {
    const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (set?.metadata.uid !== given.metadata.uid || !set) return true;
    const now = clock.now();
    const generation = given.metadata.generation ?? 1;
    // Lo que se cuenta es lo que se leyó al empezar, con los Pods que hay ahora.
    const status = statefulSetStatus({ set: given, pods: mine, current, update, collisions, generation, now, replaced });
    // Resta uno por cada borrado sin mirar de qué revisión era, y la API no admite menos que nada.
    if ((status.currentReplicas ?? 0) < 0) return false;
    registry.updateStatus<StatefulSet>('apps/statefulsets', { ...set, status });
    const wait = nextAvailable(mine, given.spec?.minReadySeconds ?? 0, now);
    if (wait !== undefined) queue.addAfter(nameOf(given), wait);
    return true;
  }
}
