import type { Node } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';

export interface Addresses {
  allocate(node: string): string | undefined;
  release(address: string): void;
  /** Nodo donde vive una dirección de Pod en uso o una dirección de nodo. */
  nodeOf(address: string): string | undefined;
  isNode(address: string): boolean;
}

/** Reparte las direcciones del `podCIDR` de cada nodo. */
// Sigue a containernetworking/plugins: ipam/host-local: en orden desde la última dada, sin reutilizar mientras queden.
export function createAddresses(store: Store): Addresses {
  const nodes = store.collection<Node>('nodes');
  const byAddress = nodes.index('direccion', (node) =>
    (node.status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address),
  );
  const owners = new Map<string, string>();
  const last = new Map<string, number>();
  return {
    allocate(node) {
      const cidr = nodes.get('', node)?.spec?.podCIDR;
      if (!cidr) throw new Error(`El nodo ${node} no tiene podCIDR`);
      const prefix = cidr.slice(0, cidr.lastIndexOf('.'));
      let host = last.get(node) ?? 1;
      for (let tried = 0; tried < 253; tried++) {
        // La .1 es la puerta de enlace y la .255, difusión.
        host = host >= 254 ? 2 : host + 1;
        const address = `${prefix}.${host}`;
        if (owners.has(address)) continue;
        owners.set(address, node);
        last.set(node, host);
        return address;
      }
      return undefined;
    },
    release: (address) => void owners.delete(address),
    nodeOf(address) {
      const owner = owners.get(address);
      if (owner) return owner;
      for (const node of byAddress.get(address)) return node.metadata.name;
      return undefined;
    },
    isNode: (address) => byAddress.get(address).size > 0,
  };
}
