import type { Node } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { isNodeReady } from './node-condition.ts';

/** node-eviction-rate: un nodo cada diez segundos. */
const usual = 0.1;
/** secondary-node-eviction-rate, para zonas grandes con muchos nodos caídos. */
const reduced = 0.01;
const largeCluster = 50;
const unhealthyZone = 0.55;

/** Con qué prisa se marca para desalojo un nodo perdido, según cómo esté su zona. */
export interface Zones {
  zoneOf(node: Node): string;
  /** Nodos por milisegundo; 0, ninguno: si ha caído casi todo, lo más probable es que el perdido sea quien mira. */
  rateOf(zone: string): number;
}

// Sigue a kubernetes: node_lifecycle_controller.go (ComputeZoneState, handleDisruption, ReducedQPSFunc).
export function createZones({ store }: Pick<World, 'store'>): Zones {
  const nodes = store.collection<Node>('nodes');
  const zoneOf = ({ metadata: { labels = {} } }: Node) => `${labels['topology.kubernetes.io/region'] ?? ''}:${labels['topology.kubernetes.io/zone'] ?? ''}`;
  return {
    zoneOf,
    rateOf(zone) {
      const counted = [...nodes.list()].filter(({ metadata }) => metadata.labels?.['node.kubernetes.io/exclude-disruption'] === undefined);
      if (counted.length > 0 && !counted.some(isNodeReady)) return 0;
      const here = counted.filter((node) => zoneOf(node) === zone);
      const lost = here.filter((node) => !isNodeReady(node)).length;
      const isPartial = lost < here.length && lost > 2 && lost / here.length >= unhealthyZone;
      const perSecond = isPartial ? (here.length > largeCluster ? reduced : 0) : usual;
      return perSecond / 1000;
    },
  };
}
