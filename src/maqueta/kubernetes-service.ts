import type { EndpointSlice, Node, Service } from './schema/types.generated.ts';
import type { World } from './world.ts';

const name = 'kubernetes';
const namespace = 'default';
const port = 6443;

/**
 * El Service `kubernetes`, que el servidor de API crea y mantiene él mismo: su dirección llega a todos los contenedores como variables de
 * entorno. En la maqueta no escucha nadie detrás: los Pods no hablan con la API.
 */
// Sigue a kubernetes: pkg/controlplane/controller/kubernetesservice y pkg/controlplane/reconcilers.
export function createKubernetesService({ registry, store }: Pick<World, 'registry' | 'store'>): void {
  registry.create<Service>('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name, namespace, labels: { component: 'apiserver', provider: 'kubernetes' } },
    spec: { type: 'ClusterIP', clusterIP: '10.96.0.1', sessionAffinity: 'None', ports: [{ name: 'https', protocol: 'TCP', port: 443, targetPort: port }] },
  });
  const isControl = ({ metadata }: Node) => metadata.labels?.['node-role.kubernetes.io/control-plane'] !== undefined;
  const nodes = [...store.collection<Node>('nodes').list()].filter(isControl);
  const addresses = nodes.flatMap(({ status }) => (status?.addresses ?? []).filter(({ type }) => type === 'InternalIP').map(({ address }) => address));
  registry.create<EndpointSlice>('discovery.k8s.io/endpointslices', {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: { name, namespace, labels: { 'kubernetes.io/service-name': name } },
    addressType: 'IPv4',
    endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: true } })),
    ports: [{ name: 'https', protocol: 'TCP', port }],
  });
}
