import type { Maqueta } from '../maqueta.ts';
import type { EndpointSlice } from '../schema/types.generated.ts';
import { namespace, serviceName } from './workload.ts';

export interface ServiceChange {
  /** Milisegundos desde que empezó la cuenta. */
  at: number;
  /** Endpoints listos: a cuántos manda tráfico el Service. */
  listed: number;
  /** De esos, cuántos contestarían: hay quien escucha en esa dirección y su máquina está encendida. */
  alive: number;
}

/** Un endpoint listo, y quién es. */
interface Listed {
  pod: string;
  address: string;
  node: string;
}

export interface ServiceWatch {
  readonly listed: ReadonlyMap<string, Listed>;
  readonly changes: readonly ServiceChange[];
  /** Mira otra vez: ha cambiado algo que no pasa por el API, como el enchufe de una máquina. */
  look(): void;
  /** Empieza la cuenta desde ahora. */
  restart(): void;
}

/** Sigue, suceso a suceso, cuántos endpoints listos tiene el Service y cuántos de verdad contestan. */
export function watchService({ clock, machines, world }: Maqueta, onChange: () => void): ServiceWatch {
  const slices = world.store.collection<EndpointSlice>('discovery.k8s.io/endpointslices');
  const listed = new Map<string, Listed>();
  let changes: ServiceChange[] = [];
  let start = clock.now();

  const isAlive = ({ address, node }: Listed) => machines.isUp(node) && world.network.isListening(address, 80);
  const look = () => {
    const alive = [...listed.values()].filter(isAlive).length;
    const last = changes.at(-1);
    if (last?.listed === listed.size && last.alive === alive) return;
    const at = clock.now() - start;
    if (last?.at === at) changes.pop();
    changes.push({ at, listed: listed.size, alive });
  };
  const read = () => {
    listed.clear();
    for (const slice of slices.list(namespace)) {
      if (slice.metadata.labels?.['kubernetes.io/service-name'] !== serviceName) continue;
      for (const { addresses, conditions, nodeName = '', targetRef } of slice.endpoints ?? []) {
        const address = addresses[0];
        if (address && conditions?.ready !== false) listed.set(targetRef?.uid ?? address, { pod: targetRef?.name ?? '', address, node: nodeName });
      }
    }
  };
  slices.onChange(() => {
    read();
    look();
    onChange();
  });
  return {
    listed,
    get changes() {
      return changes;
    },
    look,
    restart() {
      start = clock.now();
      changes = [];
      look();
    },
  };
}
