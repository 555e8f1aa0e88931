import { nameOf } from '../object.ts';
import { replaceCondition } from '../registry/replace-condition.ts';
import type { Node, Pod, PodCondition } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { hasTaint, isNodeReady } from './node-condition.ts';
import { hasFinished, podsByNode } from './pods.ts';

const period = 20_000;
/** Lo que se espera a un nodo borrado, por si vuelve. */
const quarantine = 40_000;
const outOfService = 'node.kubernetes.io/out-of-service';

/**
 * Borra a la fuerza los Pods de los que ningún kubelet va a dar cuenta: los de un nodo marcado `out-of-service`, los de uno
 * que ya no existe y los que se van sin haber tenido nodo. El real barre cada 20 s; aquí solo si hay algo que barrer.
 */
// Sigue a kubernetes: pkg/controller/podgc/gc_controller.go.
export function startPodGarbageCollector({ store, registry, clock, random }: World): void {
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');
  const byNode = podsByNode(pods);
  const start = clock.now() - random.fork('recolector de Pods').integer(period);
  /** Nodos que faltan, y desde qué barrido. */
  const missing = new Map<string, number>();
  let isArmed = false;

  const arm = () => {
    if (isArmed) return;
    isArmed = true;
    clock.after(start + Math.ceil((clock.now() - start) / period) * period - clock.now(), () => {
      isArmed = false;
      if (sweep()) clock.after(1, arm);
    });
  };

  const isOut = (node: Node) => hasTaint(node, outOfService) && !isNodeReady(node);
  const isLeaving = ({ metadata }: Pod) => metadata.deletionTimestamp !== undefined;

  nodes.onChange(({ type, object }) => {
    if (type === 'DELETED' ? byNode.get(object.metadata.name ?? '').size > 0 : isOut(object)) arm();
  });
  pods.onChange(({ type, object, before }) => {
    if (type === 'DELETED') return;
    const { nodeName } = object.spec ?? {};
    const isNew = before?.spec?.nodeName !== nodeName || isLeaving(object) !== (before !== undefined && isLeaving(before));
    if (!isNew) return;
    const node = nodeName ? nodes.get('', nodeName) : undefined;
    if (nodeName ? !node || (isLeaving(object) && isOut(node)) : isLeaving(object)) arm();
  });

  /** Devuelve si queda algo que mirar en el próximo. */
  function sweep(): boolean {
    for (const node of [...nodes.list()]) {
      missing.delete(node.metadata.name ?? '');
      if (!isOut(node)) continue;
      for (const pod of [...byNode.get(node.metadata.name ?? '')].filter(isLeaving).sort(byAge)) remove(pod);
    }
    const lost = new Map<string, Pod[]>();
    for (const pod of [...pods.list()]) {
      const { nodeName } = pod.spec ?? {};
      if (!nodeName && isLeaving(pod)) remove(pod);
      else if (nodeName && !nodes.get('', nodeName)) lost.set(nodeName, [...(lost.get(nodeName) ?? []), pod]);
    }
    for (const [name, orphans] of lost) {
      const since = missing.get(name) ?? clock.now();
      missing.set(name, since);
      if (clock.now() - since < quarantine) continue;
      for (const pod of orphans) remove(pod, 'PodGC: node no longer exists');
      missing.delete(name);
    }
    return missing.size > 0;
  }

  function remove(pod: Pod, message?: string): void {
    const { namespace = '', name = '', uid = '', generation } = pod.metadata;
    if (!hasFinished(pod)) {
      const observed = generation === undefined ? {} : { observedGeneration: generation };
      const target = { type: 'DisruptionTarget', status: 'True', ...observed, lastTransitionTime: timestamp(clock.now()), reason: 'DeletionByPodGC' } as const;
      const conditions: PodCondition[] = message ? replaceCondition(pod.status?.conditions ?? [], { ...target, message }) : (pod.status?.conditions ?? []);
      registry.updateStatus<Pod>('pods', { ...pod, status: { ...pod.status, ...observed, phase: 'Failed', ...(conditions.length > 0 ? { conditions } : {}) } });
    }
    if (pods.get(namespace, name)?.metadata.uid === uid) registry.delete('pods', namespace, name, { gracePeriodSeconds: 0, preconditions: { uid } });
  }
}

const byAge = (a: Pod, b: Pod): number =>
  (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') || nameOf(a).localeCompare(nameOf(b));
