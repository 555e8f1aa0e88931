import { replaceCondition } from '../registry/replace-condition.ts';
import { isTolerated } from '../scheduler/tolerations.ts';
import type { Node, NodeCondition, Pod, Taint } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';

const source = { component: 'node-controller' };
/** node-monitor-grace-period desde 1.32. */
const gracePeriod = 50_000;
const stopped = new WeakMap<World['store'], Map<string, { cancel(): void }>>();
const unreachable = 'node.kubernetes.io/unreachable';

const silentOf = (world: World) => {
  const map = stopped.get(world.store) ?? new Map<string, { cancel(): void }>();
  stopped.set(world.store, map);
  return map;
};

/**
 * El kubelet de un nodo ha dejado de latir. A los 50 s el nodo pasa a Unknown y recibe los taints `unreachable`.
 * Sigue a pkg/controller/nodelifecycle/node_lifecycle_controller.go. Dirigido por sucesos: sin latidos no hay temporizadores.
 */
export function nodeStoppedHeartbeating(world: World, name: string): void {
  const silent = silentOf(world);
  silent.get(name)?.cancel();
  silent.set(
    name,
    world.clock.after(gracePeriod, () => {
      const node = world.store.collection<Node>('nodes').get('', name);
      if (!node) return;
      const now = timestamp(world.clock.now());
      const conditions = (node.status?.conditions ?? []).map(
        (condition): NodeCondition => ({
          ...condition,
          status: 'Unknown',
          reason: 'NodeStatusUnknown',
          message: 'Kubelet stopped posting node status.',
          lastTransitionTime: condition.status === 'Unknown' ? (condition.lastTransitionTime ?? now) : now,
        }),
      );
      world.registry.updateStatus<Node>('nodes', { ...node, status: { ...node.status, conditions } });
      world.events.record(node, 'Normal', 'NodeNotReady', `Node ${name} status is now: NodeNotReady`, source);
      setTaints(world, name, [
        { key: unreachable, effect: 'NoSchedule', timeAdded: now },
        { key: unreachable, effect: 'NoExecute', timeAdded: now },
      ]);
      markPods(world, name);
    }),
  );
}

/** El kubelet vuelve a latir: él mismo pone Ready; aquí se quitan los taints. */
export function nodeResumedHeartbeating(world: World, name: string): void {
  silentOf(world).get(name)?.cancel();
  silentOf(world).delete(name);
  setTaints(world, name, []);
}

function setTaints({ store, registry }: World, name: string, taints: Taint[]): void {
  const node = store.collection<Node>('nodes').get('', name);
  if (!node) return;
  const others = (node.spec?.taints ?? []).filter(({ key }) => key !== unreachable && key !== 'node.kubernetes.io/not-ready');
  const { taints: _before, ...spec } = node.spec ?? {};
  registry.update<Node>('nodes', { ...node, spec: others.length + taints.length > 0 ? { ...spec, taints: [...others, ...taints] } : spec });
}

/** Los Pods de un nodo perdido dejan de estar Ready: así salen de los endpoints. */
function markPods({ store, registry, clock }: World, name: string): void {
  for (const pod of [...store.collection<Pod>('pods').list()]) {
    if (pod.spec?.nodeName !== name || !pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True')) continue;
    registry.updateStatus<Pod>('pods', {
      ...pod,
      status: {
        ...pod.status,
        conditions: replaceCondition(pod.status.conditions, { type: 'Ready', status: 'False', lastTransitionTime: timestamp(clock.now()) }),
      },
    });
  }
}

/** Desaloja por taints NoExecute, cada Pod a sus tolerationSeconds. Sigue a pkg/controller/tainteviction. */
export function startTaintEviction(world: World): void {
  const { store, registry, events, clock } = world;
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');
  const byNode = pods.index('nodo', (pod) => (pod.spec?.nodeName ? [pod.spec.nodeName] : []));
  const pending = new Map<string, { cancel(): void }>();

  const judge = (pod: Pod) => {
    const uid = pod.metadata.uid ?? '';
    const taints = (nodes.get('', pod.spec?.nodeName ?? '')?.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');
    if (taints.length === 0 || pod.metadata.deletionTimestamp) {
      if (pending.has(uid))
        events.record(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${pod.metadata.namespace}/${pod.metadata.name}`, {
          component: 'taint-eviction-controller',
        });
      pending.get(uid)?.cancel();
      pending.delete(uid);
      return;
    }
    const tolerations = pod.spec?.tolerations ?? [];
    let wait = Number.POSITIVE_INFINITY;
    for (const taint of taints) {
      const using = tolerations.filter((toleration) => isTolerated(taint, [toleration]));
      if (using.length === 0) wait = 0;
      for (const { tolerationSeconds } of using) if (tolerationSeconds !== undefined) wait = Math.min(wait, Math.max(0, tolerationSeconds * 1000));
    }
    if (!Number.isFinite(wait) || pending.has(uid)) return;
    pending.set(
      uid,
      clock.after(wait, () => {
        pending.delete(uid);
        const current = pods.get(pod.metadata.namespace ?? '', pod.metadata.name ?? '');
        if (!current || current.metadata.uid !== uid || current.metadata.deletionTimestamp) return;
        events.record(current, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${pod.metadata.namespace}/${pod.metadata.name}`, {
          component: 'taint-eviction-controller',
        });
        registry.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name ?? '', { preconditions: { uid } });
      }),
    );
  };
  nodes.onChange(({ type, object, before }) => {
    if (type === 'MODIFIED' && before?.spec?.taints === object.spec?.taints) return;
    for (const pod of [...byNode.get(object.metadata.name ?? '')]) judge(pod);
  });
  pods.onChange(({ type, object, before }) => {
    if (type === 'DELETED') {
      pending.get(object.metadata.uid ?? '')?.cancel();
      pending.delete(object.metadata.uid ?? '');
    } else if (object.spec?.nodeName && before?.spec?.nodeName !== object.spec.nodeName) judge(object);
  });
}

/** Borra a la fuerza los Pods de nodos que ya no existen o marcados `out-of-service`. Sigue a pkg/controller/podgc. */
export function startPodGarbageCollector({ store, registry, clock }: World): void {
  const pods = store.collection<Pod>('pods');
  const byNode = pods.index('nodo', (pod) => (pod.spec?.nodeName ? [pod.spec.nodeName] : []));
  const force = (pod: Pod) => {
    const current = pods.get(pod.metadata.namespace ?? '', pod.metadata.name ?? '');
    if (current && current.metadata.uid === pod.metadata.uid)
      registry.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name ?? '', { gracePeriodSeconds: 0, preconditions: { uid: pod.metadata.uid ?? '' } });
  };
  store.collection<Node>('nodes').onChange(({ type, object }) => {
    const isGone = type === 'DELETED';
    const isOut =
      object.spec?.taints?.some(({ key }) => key === 'node.kubernetes.io/out-of-service') &&
      object.status?.conditions?.some((condition) => condition.type === 'Ready' && condition.status !== 'True');
    if (!isGone && !isOut) return;
    // El real barre cada 20 s; a un nodo borrado le da además 40 s por si vuelve.
    clock.after(isGone ? 40_000 : 20_000, () => {
      for (const pod of [...byNode.get(object.metadata.name ?? '')]) if (isGone || pod.metadata.deletionTimestamp) force(pod);
    });
  });
}
