import type { DaemonSet, Node, Pod } from '../schema/types.generated.ts';
import type { Suitability } from './daemonset-nodes.ts';
import { byAge, hashOf } from './daemonset-pods.ts';
import { isAvailable, isReady } from './pods.ts';

/** Lo que hay que crear y borrar, y lo que hay que contar de ello. */
export interface DaemonPlan {
  create: string[];
  remove: Pod[];
  told: { type: 'Normal' | 'Warning'; reason: string; message: string }[];
}

interface Situation {
  set: DaemonSet;
  nodes: Iterable<Node>;
  byNode: ReadonlyMap<string, readonly Pod[]>;
  suitability(node: Node): Suitability;
  hash: string;
  maySurge: boolean;
  now: number;
  /** Al que falla una y otra vez se le deja descansar antes de borrarlo. Devuelve si aún descansa. */
  isResting(node: string): boolean;
}

/** Un Pod en cada nodo que lo admite y ninguno en los demás. */
// Sigue a kubernetes: pkg/controller/daemon/daemon_controller.go (manage, podsShouldBeOnNode).
export function planPlacement(situation: Situation): DaemonPlan {
  const plan: DaemonPlan = { create: [], remove: [], told: [] };
  const running = new Set<string>();
  for (const node of situation.nodes) {
    running.add(node.metadata.name ?? '');
    planNode(situation, node, plan);
  }
  // Los que esperaban a un nodo que ya no existe no los colocará nadie.
  for (const [node, pods] of situation.byNode) if (!running.has(node)) plan.remove.push(...pods.filter(({ spec }) => !spec?.nodeName));
  return plan;
}

function planNode({ byNode, suitability, maySurge, isResting, ...rest }: Situation, node: Node, plan: DaemonPlan): void {
  const name = node.metadata.name ?? '';
  const { shouldRun, shouldContinue } = suitability(node);
  const here = byNode.get(name);
  if (shouldRun && !here) {
    plan.create.push(name);
    return;
  }
  const staying = (here ?? []).filter(({ metadata }) => !metadata.deletionTimestamp);
  if (!shouldContinue) {
    plan.remove.push(...staying);
    return;
  }
  const alive: Pod[] = [];
  for (const pod of staying) {
    const { phase } = pod.status ?? {};
    const { namespace, name: podName } = pod.metadata;
    if (phase === 'Failed') {
      if (isResting(name)) continue;
      plan.told.push({
        type: 'Warning',
        reason: 'FailedDaemonPod',
        message: `Found failed daemon pod ${namespace}/${podName} on node ${name}, will try to kill it`,
      });
      plan.remove.push(pod);
    } else if (phase === 'Succeeded') {
      const message = `Found succeeded daemon pod ${namespace}/${podName} on node ${name}, will try to delete it`;
      plan.told.push({ type: 'Normal', reason: 'SucceededDaemonPod', message });
      plan.remove.push(pod);
    } else alive.push(pod);
  }
  alive.sort(byAge);
  if (!maySurge) plan.remove.push(...alive.slice(1));
  else if (alive.length === 0 && shouldRun) plan.create.push(name);
  else plan.remove.push(...surplus(alive, rest));
}

/** Con maxSurge caben dos, uno viejo y uno nuevo, solo mientras el viejo sirva y el nuevo aún no. */
function surplus(alive: readonly Pod[], { set, hash, now }: Pick<Situation, 'set' | 'hash' | 'now'>): Pod[] {
  if (alive.length <= 1) return [];
  const fresh = alive.find((pod) => hashOf(pod) === hash);
  const old = alive.find((pod) => hashOf(pod) !== hash);
  const extra = alive.filter((pod) => pod !== fresh && pod !== old);
  if (!fresh || !old) return extra;
  const isReplaced = !isReady(old) || isAvailable(fresh, set.spec?.minReadySeconds ?? 0, now);
  return isReplaced ? [...extra, old] : extra;
}
