import type { Timer } from '../clock/clock.ts';
import { nameOf } from '../object.ts';
import { replaceCondition } from '../registry/replace-condition.ts';
import { isTolerated } from '../scheduler/tolerations.ts';
import type { Node, Pod, Taint } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { podsByNode } from './pods.ts';

const source = { component: 'taint-eviction-controller' };

/** Lo que tarda en actuar, en ms: el controlador de DaemonSet, que ve a la vez el mismo taint, llega antes. */
const latency = 30;

/** Echa a los Pods que no toleran un taint NoExecute de su nodo, cada uno a sus `tolerationSeconds`. */
// Sigue a kubernetes: pkg/controller/tainteviction/taint_eviction.go (processPodOnNode).
export function startTaintEviction(world: World): void {
  const { store, registry, events, clock } = world;
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');
  const byNode = podsByNode(pods);
  const planned = new Map<string, { since: number; at: number; timer: Timer }>();

  const cancel = (pod: Pod) => {
    const plan = planned.get(nameOf(pod));
    if (!plan) return;
    plan.timer.cancel();
    planned.delete(nameOf(pod));
    events.record(pod, 'Normal', 'TaintManagerEviction', `Cancelling deletion of Pod ${nameOf(pod)}`, source);
  };

  const plan = (pod: Pod, since: number, at: number) => {
    if (planned.has(nameOf(pod))) return;
    const timer = clock.after(Math.max(at - clock.now(), latency), () => {
      planned.delete(nameOf(pod));
      evict(pod);
    });
    planned.set(nameOf(pod), { since, at, timer });
  };

  const evict = ({ metadata: { namespace = '', name = '' } }: Pod) => {
    const pod = pods.get(namespace, name);
    if (!pod) return;
    events.record(pod, 'Normal', 'TaintManagerEviction', `Marking for deletion Pod ${nameOf(pod)}`, source);
    const target = {
      type: 'DisruptionTarget',
      status: 'True' as const,
      ...(pod.metadata.generation === undefined ? {} : { observedGeneration: pod.metadata.generation }),
      lastTransitionTime: timestamp(clock.now()),
      reason: 'DeletionByTaintManager',
      message: 'Taint manager: deleting due to NoExecute taint',
    };
    registry.updateStatus<Pod>('pods', { ...pod, status: { ...pod.status, conditions: replaceCondition(pod.status?.conditions ?? [], target) } });
    registry.delete('pods', namespace, name);
  };

  const judge = (pod: Pod, taints: readonly Taint[]) => {
    if (taints.length === 0) return cancel(pod);
    const wait = toleratedFor(pod, taints);
    const now = clock.now();
    if (wait === undefined) {
      cancel(pod);
      return plan(pod, now, now);
    }
    if (!Number.isFinite(wait)) return cancel(pod);
    const known = planned.get(nameOf(pod));
    // Un taint nuevo no regala tiempo: la cuenta sigue desde que se planeó la primera vez.
    if (known) {
      if (known.since + wait < now + wait) return;
      cancel(pod);
    }
    plan(pod, known?.since ?? now, (known?.since ?? now) + wait);
  };

  const evicting = (node: Node | undefined) => (node?.spec?.taints ?? []).filter(({ effect }) => effect === 'NoExecute');

  nodes.onChange(({ type, object, before }) => {
    if (type === 'DELETED' || (before && JSON.stringify(evicting(before)) === JSON.stringify(evicting(object)))) return;
    if (!before && evicting(object).length === 0) return;
    for (const pod of [...byNode.get(object.metadata.name ?? '')]) judge(pod, evicting(object));
  });
  pods.onChange(({ type, object, before }) => {
    if (type === 'DELETED') return cancel(object);
    if (!object.spec?.nodeName || (before?.spec?.nodeName === object.spec.nodeName && before.spec.tolerations === object.spec.tolerations)) return;
    const taints = evicting(nodes.get('', object.spec.nodeName));
    if (taints.length > 0) judge(object, taints);
  });
}

/** Milisegundos que aguanta, infinito si para siempre, o `undefined` si hay un taint que no tolera. */
function toleratedFor({ spec }: Pod, taints: readonly Taint[]): number | undefined {
  let wait = Number.POSITIVE_INFINITY;
  for (const taint of taints) {
    // De cada taint cuenta la primera tolerancia que vale, como en GetMatchingTolerations.
    const used = (spec?.tolerations ?? []).find((toleration) => isTolerated(taint, [toleration]));
    if (!used) return undefined;
    if (used.tolerationSeconds !== undefined) wait = Math.min(wait, Math.max(0, used.tolerationSeconds * 1000));
  }
  return wait;
}
