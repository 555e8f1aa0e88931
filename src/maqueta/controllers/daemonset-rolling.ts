import type { DaemonSet, Node, Pod } from '../schema/types.generated.ts';
import type { Suitability } from './daemonset-nodes.ts';
import { isUpdated } from './daemonset-pods.ts';
import { resolveAmount } from './int-or-string.ts';
import { isAvailable } from './pods.ts';

export interface DaemonRoll {
  remove: Pod[];
  /** Nodos donde nace ya el nuevo, sin esperar a que el viejo se vaya. */
  create: string[];
}

interface Situation {
  set: DaemonSet;
  byNode: ReadonlyMap<string, readonly Pod[]>;
  nodes: ReadonlyMap<string, Node>;
  suitability(node: Node): Suitability;
  hash: string;
  now: number;
}

/** ¿Puede haber dos a la vez en un nodo? Sigue a daemon/util: AllowsSurge. */
export const allowsSurge = ({ spec }: DaemonSet): boolean => {
  const { type, rollingUpdate } = spec?.updateStrategy ?? {};
  return type === 'RollingUpdate' && resolveAmount(rollingUpdate?.maxSurge ?? 0, 1, 'up') > 0;
};

/** A quién le toca cambiar de versión. Sigue a kubernetes: pkg/controller/daemon/update.go (rollingUpdate). */
export function planRoll(situation: Situation): DaemonRoll {
  const { set, nodes, suitability } = situation;
  const desired = [...nodes].filter(([, node]) => suitability(node).shouldRun).map(([name]) => name);
  const { maxUnavailable = 1, maxSurge = 0 } = set.spec?.updateStrategy?.rollingUpdate ?? {};
  const surge = resolveAmount(maxSurge, desired.length, 'up');
  const unavailable = resolveAmount(maxUnavailable, desired.length, 'up');
  // Donde debería haber uno y no hay ninguno también cuenta: es uno que falta.
  const byNode = new Map<string, readonly Pod[]>([
    ...situation.byNode,
    ...desired.filter((name) => !situation.byNode.has(name)).map((name) => [name, []] as const),
  ]);
  if (surge > 0) return surging({ ...situation, byNode }, surge, desired.length);
  return { remove: replacing({ ...situation, byNode }, unavailable === 0 && desired.length > 0 ? 1 : unavailable), create: [] };
}

/** El viejo y el nuevo de un nodo, o `undefined` si hay de más: eso lo arregla antes el reparto. */
function pairOn({ set, hash }: Situation, pods: readonly Pod[]): { fresh?: Pod; old?: Pod } | undefined {
  const staying = pods.filter(({ metadata }) => !metadata.deletionTimestamp);
  const fresh = staying.filter((pod) => isUpdated(set, pod, hash));
  const old = staying.filter((pod) => !isUpdated(set, pod, hash));
  if (fresh.length > 1 || old.length > 1) return undefined;
  return { ...(fresh[0] ? { fresh: fresh[0] } : {}), ...(old[0] ? { old: old[0] } : {}) };
}

const isUp = ({ set, now }: Situation, pod: Pod): boolean => isAvailable(pod, set.spec?.minReadySeconds ?? 0, now);

/** Sin maxSurge, el viejo se borra y el nuevo nace cuando no queda nada de él. Los que ya estaban rotos no gastan presupuesto. */
function replacing(situation: Situation, limit: number): Pod[] {
  const broken: Pod[] = [];
  const healthy: Pod[] = [];
  let unavailable = 0;
  for (const pods of situation.byNode.values()) {
    const pair = pairOn(situation, pods);
    if (!pair || Boolean(pair.fresh) === Boolean(pair.old)) unavailable += 1;
    else if (pair.fresh) unavailable += isUp(situation, pair.fresh) ? 0 : 1;
    else if (pair.old && !isUp(situation, pair.old)) {
      broken.push(pair.old);
      unavailable += 1;
    } else if (pair.old) healthy.push(pair.old);
  }
  return [...broken, ...healthy.slice(0, Math.max(0, limit - unavailable))];
}

/** Con maxSurge, el nuevo nace al lado del viejo, y el viejo se va cuando el nuevo ya sirve. */
function surging(situation: Situation, limit: number, desired: number): DaemonRoll {
  const remove: Pod[] = [];
  const homeless: Pod[] = [];
  const urgent: string[] = [];
  const candidates: string[] = [];
  let surging = 0;
  let available = 0;
  for (const [name, pods] of situation.byNode) {
    const pair = pairOn(situation, pods);
    if (!pair) {
      surging += 1;
      continue;
    }
    const { fresh, old } = pair;
    const counted = old ?? fresh;
    if (counted && isUp(situation, counted)) available += 1;
    if (!old) continue;
    if (fresh) {
      if (isUp(situation, fresh)) remove.push(old);
      else surging += 1;
      continue;
    }
    const node = situation.nodes.get(name);
    const isWanted = node !== undefined && situation.suitability(node).shouldRun;
    if (!isUp(situation, old)) {
      if (isWanted) urgent.push(name);
      else remove.push(old);
    } else if (isWanted) candidates.push(name);
    else homeless.push(old);
  }
  // El de un nodo donde ya no toca espera a que haya otro disponible en su lugar.
  remove.push(...homeless.slice(0, Math.max(0, available - desired)));
  return { remove, create: [...urgent, ...candidates.slice(0, Math.max(0, limit - surging))] };
}
