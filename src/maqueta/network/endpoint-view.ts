import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { EndpointSlice } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';

/** Lo que tarda un nodo en aplicar un cambio de EndpointSlices, en ms. */
const quickest = 20;
const slowest = 100;

interface Version {
  at: number;
  id: number;
  slices: readonly EndpointSlice[];
}

export interface EndpointView {
  /** Los EndpointSlices de un Service tal como los tiene aplicados ese nodo ahora. */
  seenFrom(node: string, service: string): readonly EndpointSlice[];
  /** Los del almacén, sin retraso. */
  live(service: string): readonly EndpointSlice[];
}

/**
 * kube-proxy no se entera al instante: cada nodo aplica cada cambio cuando le toca, y mientras tanto sigue mandando
 * tráfico a quien ya se fue. No hay un suceso por nodo y cambio: se guardan las últimas versiones y cada consulta mira cuál le llegó.
 */
export function createEndpointView({ clock, random, store }: { clock: Clock; random: Random; store: Store }): EndpointView {
  const delays = random.fork('kube-proxy');
  const slices = store.collection<EndpointSlice>('discovery.k8s.io/endpointslices');
  const serviceOf = (slice: EndpointSlice) => `${slice.metadata.namespace}/${slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}`;
  const current = new Map<string, Map<string, EndpointSlice>>();
  const versions = new Map<string, Version[]>();
  let ids = 0;

  const liveOf = (service: string): Map<string, EndpointSlice> => {
    let found = current.get(service);
    if (!found) current.set(service, (found = new Map()));
    return found;
  };

  slices.onChange(({ type, object, before }) => {
    const service = serviceOf(object);
    if (before && serviceOf(before) !== service) liveOf(serviceOf(before)).delete(before.metadata.name ?? '');
    const live = liveOf(service);
    if (type === 'DELETED') live.delete(object.metadata.name ?? '');
    else live.set(object.metadata.name ?? '', object);
    const history = versions.get(service) ?? [];
    const now = clock.now();
    const version = { at: now, id: ids++, slices: [...live.values()] };
    if (history.at(-1)?.at === now) history.pop();
    history.push(version);
    // Lo anterior a la última versión que ya llegó a todos no lo ve nadie.
    let first = history.length - 1;
    while (first > 0 && now - (history[first] as Version).at < slowest) first -= 1;
    versions.set(service, first > 0 ? history.slice(first) : history);
  });

  return {
    live: (service) => [...(current.get(service)?.values() ?? [])],
    seenFrom(node, service) {
      const history = versions.get(service) ?? [];
      const now = clock.now();
      for (let index = history.length - 1; index >= 0; index--) {
        const { at, id, slices } = history[index] as Version;
        const age = now - at;
        if (age >= slowest || (age >= quickest && age >= delays.fork(`${node}:${id}`).between(quickest, slowest))) return slices;
      }
      return [];
    },
  };
}
