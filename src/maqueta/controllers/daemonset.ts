import { controllerOf, nameOf, splitName } from '../object.ts';
import { ApiError } from '../registry/api-error.ts';
import type { DaemonSet, Node, Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { claimPods, watchOwnedPods } from './claim-pods.ts';
import { planPlacement } from './daemonset-manage.ts';
import { type Suitability, suitabilityFor } from './daemonset-nodes.ts';
import { groupByNode, hashOf, newDaemonPod } from './daemonset-pods.ts';
import { allowsSurge, planRoll } from './daemonset-rolling.ts';
import { daemonSetStatus } from './daemonset-status.ts';
import { nextAvailable, podsByController, podsByNode } from './pods.ts';
import { createRevisions } from './revisions.ts';
import { createWorkQueue } from './work-queue.ts';

const source = { component: 'daemonset-controller' };
/** Lo que descansa un nodo cuyo Pod falla, cada vez el doble. */
const rest = { first: 1000, last: 900_000 };

/** Un Pod por nodo que lo admita. Sigue a pkg/controller/daemon/daemon_controller.go (syncDaemonSet). */
export function startDaemonSetController(world: World): void {
  const { store, registry, events, clock } = world;
  const sets = store.collection<DaemonSet>('apps/daemonsets');
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');
  const owned = podsByController(pods);
  const onNode = podsByNode(pods);
  const revisions = createRevisions(world, (hash) => ({ 'controller-revision-hash': hash }));
  const resting = new Map<string, { delay: number; since: number }>();
  const queue = createWorkQueue(clock, 10, reconcile);

  sets.onChange(({ object }) => queue.add(nameOf(object)));
  watchOwnedPods(pods, sets, 'DaemonSet', queue.add);
  nodes.onChange(({ type, object, before }) => {
    // De un nodo que se va no se entera por él, sino por los Pods que se lleva.
    if (type === 'DELETED') return;
    // Un latido no importa; sí, lo que decide si un nodo admite el Pod.
    if (before && before.spec?.taints === object.spec?.taints && before.metadata.labels === object.metadata.labels) return;
    const here = [...onNode.get(object.metadata.name ?? '')].map((pod) => controllerOf(pod)?.uid);
    for (const set of sets.list()) if (concerns(set, object, here.includes(set.metadata.uid))) queue.add(nameOf(set));
  });

  function reconcile(key: string): 'retry' | undefined {
    const { namespace, name } = splitName(key);
    const set = sets.get(namespace, name);
    // De uno que se está borrando no se sabe ya ni su historial.
    if (!set?.spec || set.metadata.deletionTimestamp) return undefined;
    claimPods(world, owned, set);
    const { revision, collisions } = revisions.current(set);
    const hash = revision.metadata.labels?.['controller-revision-hash'] ?? '';
    const suitability = suitabilityFor(set);
    const failure = act(set, hash, suitability);
    writeStatus(set, hash, collisions, suitability);
    revisions.cleanUp(set, new Set([hash, ...[...owned.get(set.metadata.uid ?? '')].map(hashOf)].map((used) => `${name}-${used}`)));
    return failure ? 'retry' : undefined;
  }

  const podsOf = (set: DaemonSet) => groupByNode(owned.get(set.metadata.uid ?? ''));

  /** Primero el reparto; si no ha hecho nada, la actualización. Devuelve lo que respondió la API si no quiso. */
  function act(set: DaemonSet, hash: string, suitability: (node: Node) => Suitability): ApiError | undefined {
    const situation = { set, byNode: podsOf(set), suitability, hash, now: clock.now() };
    try {
      const isResting = (node: string) => rests(set, node);
      const { create, remove, told } = planPlacement({ ...situation, nodes: nodes.list(), maySurge: allowsSurge(set), isResting });
      for (const { type, reason, message } of told) events.record(set, type, reason, message, source);
      apply(set, hash, create, remove);
      if (create.length > 0 || remove.length > 0 || set.spec?.updateStrategy?.type !== 'RollingUpdate') return undefined;
      const roll = planRoll({ ...situation, nodes: new Map([...nodes.list()].map((node) => [node.metadata.name ?? '', node])) });
      apply(set, hash, roll.create, roll.remove);
      return undefined;
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      return error;
    }
  }

  function apply(set: DaemonSet, hash: string, create: readonly string[], remove: readonly Pod[]): void {
    for (const node of create) {
      try {
        const pod = registry.create<Pod>('pods', newDaemonPod(set, node, hash));
        events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, source);
      } catch (error) {
        if (error instanceof ApiError) events.record(set, 'Warning', 'FailedCreate', `Error creating: ${error.message}`, source);
        throw error;
      }
    }
    for (const { metadata } of remove) {
      const { namespace = '', name = '', uid = '' } = metadata;
      if (pods.get(namespace, name)?.metadata.uid !== uid) continue;
      registry.delete('pods', namespace, name, { preconditions: { uid } });
      events.record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${name}`, source);
    }
  }

  function rests(set: DaemonSet, node: string): boolean {
    const key = `${set.metadata.uid}/${set.status?.observedGeneration ?? 0}/${node}`;
    const known = resting.get(key);
    const now = clock.now();
    if (known && now - known.since < known.delay) {
      queue.addAfter(nameOf(set), known.since + known.delay - now);
      return true;
    }
    // Si lleva mucho sin fallar, se empieza de nuevo.
    const isFresh = !known || now - known.since > rest.last * 2;
    resting.set(key, { delay: isFresh ? rest.first : Math.min(known.delay * 2, rest.last), since: now });
    return false;
  }

  function writeStatus(given: DaemonSet, hash: string, collisions: number, suitability: (node: Node) => Suitability): void {
    const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (!set || set.metadata.uid !== given.metadata.uid) return;
    const now = clock.now();
    const status = daemonSetStatus({ set: given, nodes: nodes.list(), byNode: podsOf(given), suitability, hash, collisions, now });
    registry.updateStatus<DaemonSet>('apps/daemonsets', { ...set, status });
    const wait = nextAvailable([...owned.get(set.metadata.uid ?? '')], given.spec?.minReadySeconds ?? 0, now);
    if (wait !== undefined) queue.addAfter(nameOf(given), wait);
  }
}

/**
 * Si lo que ha cambiado en el nodo le da trabajo. Un Pod que ya no debería estar pero puede quedarse no se lo da: su estado
 * seguirá contando lo de antes hasta que otra cosa lo despierte.
 */
// Sigue a kubernetes: pkg/controller/daemon/daemon_controller.go (syncNodeUpdate).
function concerns(set: DaemonSet, node: Node, isScheduled: boolean): boolean {
  const { shouldRun, shouldContinue } = suitabilityFor(set)(node);
  return isScheduled ? !shouldContinue || (set.status?.numberMisscheduled ?? 0) > 0 : shouldRun;
}
