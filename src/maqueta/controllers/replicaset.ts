import { controllerOf, nameOf, splitName } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Pod, ReplicaSet, ReplicaSetCondition } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { claimPods, watchOwnedPods } from './claim-pods.ts';
import { compareForDeletion } from './deletion-order.ts';
import { hasFinished, isActive, isAvailable, isReady, nextAvailable, podFromTemplate, podsByController } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

const source = { component: 'replicaset-controller' };
const latency = 8;
/** Cuántos Pods crea o borra como mucho en una vuelta. */
const burst = 500;

/** Mantiene el número de Pods de cada ReplicaSet. Sigue a pkg/controller/replicaset/replica_set.go. */
export function startReplicaSetController(world: World): void {
  const { store, registry, events, clock } = world;
  const sets = store.collection<ReplicaSet>('apps/replicasets');
  const pods = store.collection<Pod>('pods');
  const owned = podsByController(pods);
  const siblings = sets.index('controlador', (set) => [controllerOf(set)?.uid ?? '']);
  const queue = createWorkQueue(clock, latency, reconcile);

  sets.onChange(({ object }) => queue.add(nameOf(object)));
  watchOwnedPods(pods, sets, 'ReplicaSet', queue.add);

  function reconcile(key: string): 'retry' | undefined {
    const { namespace, name } = splitName(key);
    const set = sets.get(namespace, name);
    if (!set?.spec) return undefined;
    // Se cuenta lo que había al empezar: lo creado en esta vuelta se verá en la siguiente.
    const mine = claimPods(world, owned, set, { canAdopt: isActive });
    const failure = set.metadata.deletionTimestamp ? undefined : scale(set, mine.filter(isActive));
    writeStatus(set, mine, failure);
    // A un espacio que se va no se le insiste.
    return failure && !isTerminating(failure) ? 'retry' : undefined;
  }

  /** Crea o borra lo que falte. Devuelve lo que respondió la API si no quiso. */
  function scale(set: ReplicaSet, active: readonly Pod[]): ApiError | undefined {
    const missing = (set.spec?.replicas ?? 1) - active.length;
    try {
      if (missing > 0) create(set, Math.min(missing, burst));
      if (missing < 0) remove(set, active, Math.min(-missing, burst));
      if (Math.abs(missing) > burst) queue.add(nameOf(set));
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error;
    }
  }

  function create(set: ReplicaSet, count: number): void {
    for (let index = 0; index < count; index++) {
      const draft = podFromTemplate(set.spec?.template ?? {}, set, set.metadata.namespace ?? '');
      try {
        const pod = registry.create<Pod>('pods', { ...draft, metadata: { ...draft.metadata, generateName: `${set.metadata.name}-` } });
        events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, source);
      } catch (error) {
        if (error instanceof ApiError && !isTerminating(error)) events.record(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, source);
        throw error;
      }
    }
  }

  function remove(set: ReplicaSet, active: readonly Pod[], count: number): void {
    const perNode = new Map<string, number>();
    for (const pod of related(set)) perNode.set(pod.spec?.nodeName ?? '', (perNode.get(pod.spec?.nodeName ?? '') ?? 0) + 1);
    const neighbours = (pod: Pod) => (pod.spec?.nodeName ? (perNode.get(pod.spec.nodeName) ?? 0) : 0);
    for (const pod of [...active].sort(compareForDeletion(clock.now(), neighbours)).slice(0, count)) {
      registry.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name ?? '', { preconditions: { uid: pod.metadata.uid ?? '' } });
      events.record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, source);
    }
  }

  /** Los Pods activos de todos los ReplicaSets del mismo Deployment: cuentan para no amontonar. */
  function related(set: ReplicaSet): Pod[] {
    const owner = controllerOf(set)?.uid;
    const family = owner ? [...siblings.get(owner)] : [set];
    return family.flatMap(({ metadata }) => [...owned.get(metadata.uid ?? '')].filter(isActive));
  }

  function writeStatus(given: ReplicaSet, all: readonly Pod[], failure: ApiError | undefined): void {
    const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (!set || set.metadata.uid !== given.metadata.uid) return;
    const now = clock.now();
    const minReady = set.spec?.minReadySeconds ?? 0;
    const active = all.filter(isActive);
    const labels = Object.entries(set.spec?.template?.metadata?.labels ?? {});
    const conditions = conditionsAfter(set, failure, active.length, now);
    registry.updateStatus<ReplicaSet>('apps/replicasets', {
      ...set,
      status: {
        replicas: active.length,
        ...nonZero('fullyLabeledReplicas', active.filter((pod) => labels.every(([key, value]) => pod.metadata.labels?.[key] === value)).length),
        ...nonZero('readyReplicas', active.filter(isReady).length),
        ...nonZero('availableReplicas', active.filter((pod) => isAvailable(pod, minReady, now)).length),
        terminatingReplicas: all.filter((pod) => pod.metadata.deletionTimestamp && !hasFinished(pod)).length,
        observedGeneration: given.metadata.generation ?? 1,
        ...(conditions.length > 0 ? { conditions } : {}),
      },
    });
    const wait = nextAvailable(active, minReady, now);
    if (wait !== undefined) queue.addAfter(nameOf(set), wait);
  }
}

/** ReplicaFailure aparece cuando la API no deja crear o borrar, y se va sola. Sigue a replica_set_utils.go (calculateStatus). */
function conditionsAfter(set: ReplicaSet, failure: ApiError | undefined, active: number, now: number): ReplicaSetCondition[] {
  const before = set.status?.conditions ?? [];
  const others = before.filter(({ type }) => type !== 'ReplicaFailure');
  if (!failure) return others;
  const known = before.find(({ type }) => type === 'ReplicaFailure');
  if (known) return [...before];
  const reason = active < (set.spec?.replicas ?? 1) ? 'FailedCreate' : 'FailedDelete';
  return [...others, { type: 'ReplicaFailure', status: 'True', lastTransitionTime: timestamp(now), reason, message: failure.message }];
}

const isTerminating = (error: ApiError): boolean => error.details?.causes?.some(({ reason }) => reason === 'NamespaceTerminating') ?? false;

const nonZero = <Key extends string>(key: Key, value: number): Partial<Record<Key, number>> => (value > 0 ? ({ [key]: value } as Record<Key, number>) : {});
