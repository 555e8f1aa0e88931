import type { Timer } from '../clock/clock.ts';
import type { Node, Taint } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { hasTaint, isNodeReady, readyCondition } from './node-condition.ts';
import type { Zones } from './node-zones.ts';

const keys = { False: 'node.kubernetes.io/not-ready', Unknown: 'node.kubernetes.io/unreachable' } as const;
/** scheduler.NodeEvictionPeriod: cada cuánto se mira la cola de nodos por marcar. */
const taintingPeriod = 100;

export interface NoExecuteTaints {
  /** El estado de ese nodo ha cambiado: que se le marque o se le limpie. */
  review(node: string): void;
}

interface Options {
  zones: Zones;
  atNextPass(run: () => void): Timer;
}

/**
 * Los taints NoExecute que echan a los Pods de un nodo perdido. Se ponen con cuentagotas, uno por zona cada diez segundos,
 * y se quitan en la vuelta siguiente a que el nodo vuelva.
 */
// Sigue a kubernetes: node_lifecycle_controller.go (processTaintBaseEviction, doNoExecuteTaintingPass, markNodeAsReachable).
export function startNoExecuteTaints(world: World, { zones, atNextPass }: Options): NoExecuteTaints {
  const { clock, store, registry } = world;
  const nodes = store.collection<Node>('nodes');
  const waiting = new Set<string>();
  const free = new Map<string, number>();
  let timer: Timer | undefined;
  /** Los que no están listos o siguen marcados: sin ninguno no hay nada que revisar. */
  const abnormal = new Set<string>();
  let isReviewing = false;

  nodes.onChange(({ type, object, before }) => {
    const { name = '' } = object.metadata;
    if (type !== 'DELETED' && (!isNodeReady(object) || isMarked(object))) abnormal.add(name);
    else abnormal.delete(name);
    if (type === 'DELETED') waiting.delete(name);
    // Que un nodo vuelva o se vaya cambia la prisa de todos los de su zona.
    if (type === 'MODIFIED' && before && readyCondition(before)?.status === readyCondition(object)?.status) return;
    if (isReviewing || abnormal.size === 0) return;
    isReviewing = true;
    atNextPass(() => {
      isReviewing = false;
      reviewAll();
    });
  });

  const reviewAll = () => {
    for (const node of [...nodes.list()]) review(node.metadata.name ?? '');
  };

  const review = (name: string) => {
    const node = nodes.get('', name);
    if (!node) return;
    const wanted = wantedKey(node);
    if (!wanted) {
      waiting.delete(name);
      write(node, undefined);
    } else if (!hasTaint(node, wanted, 'NoExecute')) {
      // De no listo a inalcanzable se pasa sin esperar turno: ya estaba marcado.
      if (isMarked(node)) write(node, wanted);
      else waiting.add(name);
    }
    // Si no queda ninguno, lo más probable es que el perdido sea quien mira: no se echa a nadie.
    if (isEverythingLost()) for (const each of [...nodes.list()]) write(each, undefined);
    pump();
  };

  const isEverythingLost = () => abnormal.size >= nodes.size && ![...nodes.list()].some(isNodeReady);

  /** Marca los que tengan turno y vuelve cuando lo tenga el siguiente. */
  const pump = () => {
    timer?.cancel();
    timer = undefined;
    let next = Number.POSITIVE_INFINITY;
    for (const name of [...waiting]) {
      const node = nodes.get('', name);
      const wanted = node && wantedKey(node);
      if (!node || !wanted) {
        waiting.delete(name);
        continue;
      }
      const zone = zones.zoneOf(node);
      const rate = zones.rateOf(zone);
      if (rate === 0) continue;
      const turn = free.get(zone) ?? 0;
      if (turn > clock.now()) {
        next = Math.min(next, turn);
        continue;
      }
      waiting.delete(name);
      free.set(zone, clock.now() + 1 / rate);
      clock.after(taintingPeriod, () => {
        const current = nodes.get('', name);
        if (current && wantedKey(current) === wanted && !isEverythingLost()) write(current, wanted);
      });
    }
    if (Number.isFinite(next)) timer = clock.after(Math.ceil(next - clock.now()), pump);
  };

  const write = (node: Node, key: string | undefined) => {
    const before = node.spec?.taints ?? [];
    const others = before.filter((taint) => !isOurs(taint));
    if (!key && others.length === before.length) return;
    const taints: Taint[] = key ? [...others, { key, effect: 'NoExecute', timeAdded: timestamp(clock.now()) }] : others;
    const { taints: _before, ...spec } = node.spec ?? {};
    registry.update<Node>('nodes', { ...node, spec: taints.length > 0 ? { ...spec, taints } : spec });
  };

  return { review };
}

const isOurs = ({ key, effect }: Taint): boolean => effect === 'NoExecute' && (key === keys.False || key === keys.Unknown);

const isMarked = (node: Node): boolean => (node.spec?.taints ?? []).some(isOurs);

const wantedKey = (node: Node): string | undefined => {
  const status = readyCondition(node)?.status;
  return status === 'False' || status === 'Unknown' ? keys[status] : undefined;
};
