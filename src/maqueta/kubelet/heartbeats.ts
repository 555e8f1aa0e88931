import type { Clock, Timer } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Registry } from '../registry/registry.ts';
import type { Lease, Node } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import { microTimestamp } from '../world.ts';

const leases = 'coordination.k8s.io/leases';
const namespace = 'kube-node-lease';
const leaseSeconds = 40;
/** Un cuarto de lo que dura el Lease, y hasta un 4 % más para que no latan todos a la vez. */
const renewal = { shortest: 10_000, longest: 10_400 };

/** Los latidos de los kubelets: el Lease que cada uno renueva en `kube-node-lease`. */
export interface Heartbeats {
  /** El kubelet de ese nodo empieza a renovar su Lease. */
  begin(node: string): void;
  /** Deja de renovarlo: el último que renovó queda escrito. */
  end(node: string): void;
  /** Cuándo renovó por última vez, o `undefined` si nunca. */
  lastOf(node: string): number | undefined;
  /** Avisa cuando un nodo empieza o deja de latir. */
  onChange(listener: (node: string, isBeating: boolean) => void): void;
  /** Pone al día el Lease de cada nodo que late. */
  refresh(): void;
  /** Alguien mira los Lease: mientras lo haga, cada renovación se escribe en su instante. */
  follow(): () => void;
}

/**
 * Mil nodos renuevan en un mes 259 millones de veces lo que nadie lee. No ocurre: se sabe cuándo habría sido
 * la última, y se escribe cuando alguien la lee o cuando no va a haber otra.
 */
// Sigue a kubernetes: component-helpers/apimachinery/lease/controller.go y pkg/kubelet/kubelet.go (renewInterval).
export function createHeartbeats({ clock, random, store, registry }: { clock: Clock; random: Random; store: Store; registry: Registry }): Heartbeats {
  const dice = random.fork('latidos');
  const beating = new Map<string, { since: number; period: number }>();
  const stopped = new Map<string, number>();
  const listeners = new Set<(node: string, isBeating: boolean) => void>();
  let followers = 0;
  let timer: Timer | undefined;

  const lastOf = (node: string): number | undefined => {
    const rhythm = beating.get(node);
    if (!rhythm) return stopped.get(node);
    return rhythm.since + Math.floor((clock.now() - rhythm.since) / rhythm.period) * rhythm.period;
  };

  const write = (node: string) => {
    const owner = store.collection<Node>('nodes').get('', node);
    const last = lastOf(node);
    if (!owner || last === undefined || !store.collection('namespaces').get('', namespace)) return;
    const spec = { holderIdentity: node, leaseDurationSeconds: leaseSeconds, renewTime: microTimestamp(last) };
    const current = store.collection<Lease>(leases).get(namespace, node);
    if (current) {
      registry.update<Lease>(leases, { ...current, spec: { ...current.spec, ...spec } });
      return;
    }
    const ownerReferences = [{ apiVersion: 'v1', kind: 'Node', name: node, uid: owner.metadata.uid ?? '' }];
    registry.create<Lease>(leases, { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease', metadata: { name: node, namespace, ownerReferences }, spec });
  };

  const tick = () => {
    timer?.cancel();
    timer = undefined;
    if (followers === 0 || beating.size === 0) return;
    const waits = [...beating.values()].map(({ since, period }) => period - ((clock.now() - since) % period));
    timer = clock.after(Math.ceil(Math.min(...waits)), () => {
      heartbeats.refresh();
      tick();
    });
  };

  const tell = (node: string, isBeating: boolean) => {
    for (const listener of listeners) listener(node, isBeating);
  };

  const heartbeats: Heartbeats = {
    begin(node) {
      const period = renewal.shortest + dice.fork(`${node}:${clock.now()}`).integer(renewal.longest - renewal.shortest);
      beating.set(node, { since: Math.floor(clock.now()), period });
      stopped.delete(node);
      write(node);
      tick();
      tell(node, true);
    },
    end(node) {
      const last = lastOf(node);
      if (!beating.has(node) || last === undefined) return;
      write(node);
      beating.delete(node);
      stopped.set(node, last);
      tell(node, false);
    },
    lastOf,
    onChange: (listener) => void listeners.add(listener),
    refresh() {
      for (const node of beating.keys()) write(node);
    },
    follow() {
      followers += 1;
      heartbeats.refresh();
      tick();
      let isFollowing = true;
      return () => {
        if (!isFollowing) return;
        isFollowing = false;
        followers -= 1;
        tick();
      };
    },
  };
  return heartbeats;
}
