import { createClock } from '../clock/clock.ts';
import { createRandom } from '../clock/random.ts';
import { createNetwork } from '../network/create-network.ts';
import type { KubeObject } from '../object.ts';
import { createRegistry } from '../registry/create-registry.ts';
import { resources } from '../schema/resources.generated.ts';
import type { ConfigMap, Container, EndpointSlice, Pod, PodSpec, Service } from '../schema/types.generated.ts';
import { createStore } from '../store/store.ts';
import type { World } from '../world.ts';
import { createHeartbeats } from './heartbeats.ts';
import type { NodeOptions } from './node-options.ts';
import { startKubelets } from './start-kubelets.ts';

interface Told {
  about: string;
  type: string;
  reason: string;
  message: string;
}

/** Un mundo sin controladores ni planificador: los Pods nacen ya asignados a su nodo. Solo para pruebas. */
export function testCluster({
  seed = 1,
  nodes = [{ name: 'nodo1' }, { name: 'nodo2' }],
  freeze = true,
}: {
  seed?: number;
  nodes?: readonly NodeOptions[];
  freeze?: boolean;
} = {}) {
  const clock = createClock(Date.parse('2026-11-20T09:00:00Z'));
  const random = createRandom(seed);
  const store = createStore(resources, { history: 64, freeze });
  const registry = createRegistry({ clock, random, store });
  const network = createNetwork({ clock, random, store });
  const told: Told[] = [];
  const events: World['events'] = {
    record: (about, type, reason, message) => void told.push({ about: about.metadata.name ?? '', type, reason, message }),
  };
  const heartbeats = createHeartbeats({ clock, random, store, registry });
  const world = { clock, random, store, registry, network, events, heartbeats } as { -readonly [Key in keyof World]: World[Key] };
  registry.setStrategy<Pod>('pods', { gracePeriod: (pod, requested) => requested ?? pod.spec?.terminationGracePeriodSeconds ?? 30 });
  registry.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'tienda' } } as KubeObject);
  const machines = startKubelets(world, nodes);
  world.runtime = machines.runtime;

  const cluster = {
    world,
    clock,
    store,
    network,
    machines,
    told,
    run(name: string, spec: Partial<PodSpec> & { containers: Container[] }, labels: Record<string, string> = {}): Pod {
      return registry.create<Pod>('pods', {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name, namespace: 'tienda', labels },
        spec: { nodeName: 'nodo1', ...spec },
        status: { phase: 'Pending' },
      });
    },
    /** Un Pod de un solo contenedor que ejecuta un guion de Node. */
    script(name: string, code: string, more: Partial<Container> = {}, spec: Partial<PodSpec> = {}): Pod {
      return cluster.run(name, { ...spec, containers: [{ name: 'app', image: 'node:24.21-alpine', command: ['node', '-e', code], ...more }] });
    },
    shell(name: string, code: string, more: Partial<Container> = {}, spec: Partial<PodSpec> = {}): Pod {
      return cluster.run(name, { ...spec, containers: [{ name: 'app', image: 'busybox:1.36', command: ['sh', '-c', code], ...more }] });
    },
    pod: (name: string) => store.collection<Pod>('pods').get('tienda', name),
    logs: (name: string, options = {}) => machines.runtime.logs(store.collection<Pod>('pods').get('tienda', name) as Pod, options),
    delete: (name: string, grace?: number) => registry.delete('pods', 'tienda', name, grace === undefined ? {} : { gracePeriodSeconds: grace }),
    configMap: (name: string, data: Record<string, string>) =>
      registry.create<ConfigMap>('configmaps', { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name, namespace: 'tienda' }, data }),
    service(name: string, port: number, targetPort: number, spec: Partial<NonNullable<Service['spec']>> = {}): Service {
      return registry.create<Service>('services', {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name, namespace: 'tienda' },
        spec: { clusterIP: '10.96.0.20', ports: [{ port, targetPort }], ...spec },
      });
    },
    /** Lo que haría el controlador de EndpointSlices. */
    endpoints(service: string, port: number, pods: readonly { name: string; ready?: boolean; terminating?: boolean; serving?: boolean }[]): void {
      store.put<EndpointSlice>('discovery.k8s.io/endpointslices', {
        apiVersion: 'discovery.k8s.io/v1',
        kind: 'EndpointSlice',
        metadata: { name: `${service}-abcde`, namespace: 'tienda', labels: { 'kubernetes.io/service-name': service } },
        addressType: 'IPv4',
        ports: [{ name: '', port, protocol: 'TCP' }],
        endpoints: pods.map(({ name, ready = true, terminating = false, serving = true }) => ({
          addresses: [cluster.pod(name)?.status?.podIP ?? ''],
          conditions: { ready, serving, terminating },
          nodeName: cluster.pod(name)?.spec?.nodeName ?? '',
          ...(cluster.pod(name)?.spec?.hostname ? { hostname: cluster.pod(name)?.spec?.hostname ?? '' } : {}),
        })),
      });
    },
    /** Sucesos de un Pod, `Motivo: mensaje`, sin repetidos seguidos. */
    story: (name: string) => told.filter(({ about }) => about === name).map(({ reason, message }) => `${reason}: ${message}`),
    /** Estado de un contenedor en una palabra, como en la columna STATUS. */
    state(name: string, index = 0): string {
      const status = cluster.pod(name)?.status?.containerStatuses?.[index];
      const { waiting, running, terminated } = status?.state ?? {};
      return waiting?.reason ?? terminated?.reason ?? (running ? 'Running' : '');
    },
    condition: (name: string, type: string) => cluster.pod(name)?.status?.conditions?.find((condition) => condition.type === type),
    isReady: (name: string) => cluster.condition(name, 'Ready')?.status === 'True',
  };
  return cluster;
}
