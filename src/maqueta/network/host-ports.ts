import type { ContainerPort, Pod, PodSpec } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';

export interface HostPorts {
  /** A qué Pod de ese nodo llega quien llama a esa dirección suya y ese puerto, si alguno lo ha pedido. */
  find(node: string, address: string, port: number): { address: string; port: number } | undefined;
}

// Sigue a containernetworking/plugins: plugins/meta/portmap, que traduce la dirección en el nodo en cuanto el Pod tiene red.
export function createHostPorts(store: Store): HostPorts {
  const byPort = store.collection<Pod>('pods').index('puerto del nodo', (pod) => {
    if (pod.spec?.hostNetwork || !pod.spec?.nodeName || !pod.status?.podIP || hasEnded(pod)) return [];
    return portsOf(pod.spec).map(({ hostPort }) => `${pod.spec?.nodeName}:${hostPort}`);
  });
  return {
    find(node, address, port) {
      for (const { spec, status } of byPort.get(`${node}:${port}`)) {
        const found = spec && portsOf(spec).find(({ hostPort, hostIP = '' }) => hostPort === port && ['', '0.0.0.0', address].includes(hostIP));
        if (found && status?.podIP) return { address: status.podIP, port: found.containerPort };
      }
      return undefined;
    },
  };
}

const hasEnded = ({ status }: Pod): boolean => status?.phase === 'Succeeded' || status?.phase === 'Failed';

/** La maqueta solo habla TCP. */
const portsOf = ({ containers, initContainers = [] }: PodSpec): ContainerPort[] =>
  [...containers, ...initContainers.filter(({ restartPolicy }) => restartPolicy === 'Always')]
    .flatMap(({ ports = [] }) => ports)
    .filter(({ hostPort, protocol = 'TCP' }) => hostPort && protocol === 'TCP');
