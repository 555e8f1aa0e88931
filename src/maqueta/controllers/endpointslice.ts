import { nameOf, splitName } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import { compileSelector } from '../scheduler/label-matcher.ts';
import type { Endpoint, EndpointSlice, Node, Pod, Service } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { isReady } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

const maxEndpoints = 100;

/** De los Pods que casan con el selector de un Service, sus direcciones. Sigue a pkg/controller/endpointslice. */
export function startEndpointSliceController(world: World): void {
  const { store, registry, clock } = world;
  const services = store.collection<Service>('services');
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');
  const slices = store.collection<EndpointSlice>('discovery.k8s.io/endpointslices');
  const byService = slices.index('service', (slice) => [`${slice.metadata.namespace}/${slice.metadata.labels?.['kubernetes.io/service-name'] ?? ''}`]);
  const queue = createWorkQueue(clock, 15, reconcile);

  services.onChange(({ object }) => queue.add(nameOf(object)));
  slices.onChange(({ type, object }) => {
    if (type === 'DELETED') queue.add(`${object.metadata.namespace}/${object.metadata.labels?.['kubernetes.io/service-name'] ?? ''}`);
  });
  pods.onChange(({ object, before }) => {
    if (before && !matters(before, object)) return;
    for (const service of services.list(object.metadata.namespace)) {
      const selector = service.spec?.selector;
      if (!selector) continue;
      const matcher = compileSelector({ matchLabels: selector });
      if (matcher.matches(object.metadata.labels ?? {}) || (before && matcher.matches(before.metadata.labels ?? {}))) queue.add(nameOf(service));
    }
  });

  function reconcile(key: string): void {
    const { namespace, name } = splitName(key);
    const service = services.get(namespace, name);
    const existing = [...byService.get(key)];
    // Sin Service, el recolector de basura se lleva sus EndpointSlices; sin selector, los escribe quien lo creó.
    if (!service?.spec?.selector || service.metadata.deletionTimestamp || service.spec.type === 'ExternalName') return;
    const matcher = compileSelector({ matchLabels: service.spec.selector });
    const groups = new Map<string, { ports: EndpointSlice['ports']; endpoints: Endpoint[] }>();
    for (const pod of pods.list(namespace)) {
      if (!matcher.matches(pod.metadata.labels ?? {}) || !pod.status?.podIP || pod.status.phase === 'Failed' || pod.status.phase === 'Succeeded') continue;
      const ports = portsFor(service, pod);
      const id = JSON.stringify(ports);
      const group = groups.get(id) ?? { ports, endpoints: [] };
      group.endpoints.push(endpointFor(service, pod));
      groups.set(id, group);
    }
    // Sin nadie detrás queda una rodaja vacía, también de puertos. Sigue a endpointslice/reconciler.go (placeholder).
    if (groups.size === 0) groups.set('', { ports: [], endpoints: [] });
    const wanted = [...groups.values()].flatMap(({ ports, endpoints }) => chunk(endpoints).map((part) => ({ ports, endpoints: part })));
    for (const [index, content] of wanted.entries()) write(service, existing[index], content);
    for (const extra of existing.slice(wanted.length)) registry.delete('discovery.k8s.io/endpointslices', namespace, extra.metadata.name ?? '');
  }

  function write(service: Service, existing: EndpointSlice | undefined, content: { ports: EndpointSlice['ports']; endpoints: Endpoint[] }): void {
    if (existing) {
      if (isEqual(existing.endpoints, content.endpoints) && isEqual(existing.ports, content.ports)) return;
      registry.update<EndpointSlice>('discovery.k8s.io/endpointslices', {
        ...existing,
        endpoints: content.endpoints,
        ...(content.ports ? { ports: content.ports } : {}),
      });
      return;
    }
    registry.create<EndpointSlice>('discovery.k8s.io/endpointslices', {
      apiVersion: 'discovery.k8s.io/v1',
      kind: 'EndpointSlice',
      metadata: {
        generateName: `${service.metadata.name}-`,
        namespace: service.metadata.namespace ?? '',
        labels: {
          ...service.metadata.labels,
          'endpointslice.kubernetes.io/managed-by': 'endpointslice-controller.k8s.io',
          'kubernetes.io/service-name': service.metadata.name ?? '',
          ...(service.spec?.clusterIP === 'None' ? { 'service.kubernetes.io/headless': '' } : {}),
        },
        ownerReferences: [
          { apiVersion: 'v1', kind: 'Service', name: service.metadata.name ?? '', uid: service.metadata.uid ?? '', controller: true, blockOwnerDeletion: true },
        ],
      },
      addressType: 'IPv4',
      endpoints: content.endpoints,
      ...(content.ports ? { ports: content.ports } : {}),
    });
  }

  function endpointFor(service: Service, pod: Pod): Endpoint {
    const isServing = isReady(pod);
    const isTerminating = pod.metadata.deletionTimestamp !== undefined;
    const zone = nodes.get('', pod.spec?.nodeName ?? '')?.metadata.labels?.['topology.kubernetes.io/zone'];
    const isNamed = pod.spec?.hostname && pod.spec.subdomain === service.metadata.name;
    return {
      addresses: [pod.status?.podIP ?? ''],
      conditions: { ready: (service.spec?.publishNotReadyAddresses ?? false) || (isServing && !isTerminating), serving: isServing, terminating: isTerminating },
      ...(isNamed ? { hostname: pod.spec?.hostname ?? '' } : {}),
      ...(pod.spec?.nodeName ? { nodeName: pod.spec.nodeName } : {}),
      ...(zone ? { zone } : {}),
      targetRef: { kind: 'Pod', namespace: pod.metadata.namespace ?? '', name: pod.metadata.name ?? '', uid: pod.metadata.uid ?? '' },
    };
  }
}

/** Solo cambian los endpoints si cambian las etiquetas, la IP, la disponibilidad o la despedida. */
const matters = (before: Pod, after: Pod): boolean =>
  before.metadata.labels !== after.metadata.labels ||
  before.metadata.deletionTimestamp !== after.metadata.deletionTimestamp ||
  before.status?.podIP !== after.status?.podIP ||
  before.status?.phase !== after.status?.phase ||
  before.spec?.nodeName !== after.spec?.nodeName ||
  isReady(before) !== isReady(after);

/** Puertos del Service con el número que tienen en ese Pod: un targetPort con nombre depende de él. */
function portsFor(service: Service, pod: Pod): EndpointSlice['ports'] {
  const ports = (service.spec?.ports ?? []).flatMap((port) => {
    const target = port.targetPort ?? port.port;
    const number =
      typeof target === 'number'
        ? target
        : pod.spec?.containers
            .flatMap((container) => container.ports ?? [])
            .find(({ name, protocol = 'TCP' }) => name === target && protocol === (port.protocol ?? 'TCP'))?.containerPort;
    if (number === undefined) return [];
    return [{ name: port.name ?? '', protocol: port.protocol ?? 'TCP', port: number, ...(port.appProtocol ? { appProtocol: port.appProtocol } : {}) }];
  });
  return ports as EndpointSlice['ports'];
}

function chunk(endpoints: readonly Endpoint[]): Endpoint[][] {
  if (endpoints.length === 0) return [[]];
  const parts: Endpoint[][] = [];
  for (let index = 0; index < endpoints.length; index += maxEndpoints) parts.push(endpoints.slice(index, index + maxEndpoints));
  return parts;
}
