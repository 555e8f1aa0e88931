import type { Endpoint, Service } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import type { EndpointView } from './endpoint-view.ts';
import type { DnsAnswer, RecordAnswer, ServiceRecord } from './network.ts';

export const zone = 'cluster.local';

const nothing = { kind: 'nxdomain' } as const;

interface Question {
  namespace: string;
  service: string;
  /** `datos-0` en `datos-0.datos.tienda.svc…`. */
  host?: string;
  /** `http` y `tcp` en `_http._tcp.web.tienda.svc…`. */
  port?: string;
  protocol?: string;
}

/** Lo que el DNS del clúster sabe de cada nombre, sin caché y sin sufijos de búsqueda. */
// Sigue a coredns: plugin/kubernetes (parse.go, kubernetes.go, local.go), plugin/backend_lookup.go y a kubernetes/dns 1.1.0.
export function createDnsRecords({ store, view }: { store: Store; view: EndpointView }) {
  const services = store.collection<Service>('services');
  const find = ({ namespace, service }: Question) => services.get(namespace, service);
  const slicesOf = ({ namespace, service }: Question) => view.live(`${namespace}/${service}`);

  const addresses = (name: string): DnsAnswer => {
    const pod = podAddress(name);
    if (pod) return { kind: 'addresses', addresses: [pod] };
    const question = parse(name);
    const spec = question && find(question)?.spec;
    if (!question || !spec || question.port !== undefined) return nothing;
    if (spec.type === 'ExternalName') return question.host ? nothing : { kind: 'name', target: spec.externalName ?? '' };
    const ip = spec.clusterIP;
    if (!question.host && ip && ip !== 'None') return { kind: 'addresses', addresses: [ip] };
    const found = slicesOf(question)
      .flatMap((slice) => slice.endpoints ?? [])
      .filter((endpoint) => isPublished(endpoint, question.host))
      .flatMap((endpoint) => endpoint.addresses);
    return found.length > 0 ? { kind: 'addresses', addresses: [...new Set(found)] } : nothing;
  };

  return {
    addresses,

    services(name: string): RecordAnswer {
      const question = parse(name);
      const spec = question && find(question)?.spec;
      if (!question || !spec) return nothing;
      const own = `${question.service}.${question.namespace}.svc.${zone}`;
      if (spec.type === 'ExternalName') {
        return question.host || question.port !== undefined ? nothing : weighed([{ name: spec.externalName ?? '', port: 0 }]);
      }
      if (!question.host && spec.clusterIP && spec.clusterIP !== 'None') {
        return weighed((spec.ports ?? []).filter((port) => isAsked(question, port)).map(({ port }) => ({ name: own, port })));
      }
      const found = slicesOf(question).flatMap((slice) =>
        (slice.endpoints ?? [])
          .filter((endpoint) => isPublished(endpoint, question.host))
          .flatMap((endpoint) =>
            (slice.ports ?? [])
              .filter((port) => isAsked(question, port))
              .flatMap(({ port }) => (port === undefined ? [] : [{ name: `${hostOf(endpoint)}.${own}`, port }])),
          ),
      );
      return weighed(found);
    },

    alias(name: string): RecordAnswer {
      const question = parse(name);
      const spec = question && find(question)?.spec;
      if (!question || !spec) return nothing;
      if (spec.type === 'ExternalName' && !question.host && question.port === undefined) return { kind: 'name', target: spec.externalName ?? '' };
      // Lo demás tiene direcciones o no existe: nunca es otro nombre.
      return addresses(name).kind === 'addresses' ? { kind: 'nodata' } : nothing;
    },
  };
}

function parse(name: string): Question | undefined {
  if (!name.endsWith(`.svc.${zone}`)) return undefined;
  const [namespace, service, last, first, ...rest] = name.slice(0, -`.svc.${zone}`.length).split('.').reverse();
  if (!namespace || !service || rest.length > 0) return undefined;
  if (first !== undefined) return { namespace, service, port: first.replace(/^_/, ''), protocol: (last ?? '').replace(/^_/, '') };
  return { namespace, service, ...(last === undefined ? {} : { host: last }) };
}

/** `10-244-1-3.tienda.pod.cluster.local`: la dirección está en el nombre, exista o no el Pod (`pods insecure`). */
const podAddress = (name: string): string | undefined => new RegExp(`^(\\d+-\\d+-\\d+-\\d+)\\.[^.]+\\.pod\\.${zone}$`).exec(name)?.[1]?.replaceAll('-', '.');

/** Sin `hostname`, el nombre de un endpoint es su dirección con guiones. */
const hostOf = (endpoint: Endpoint): string => endpoint.hostname ?? endpoint.addresses[0]?.replaceAll('.', '-') ?? '';

const isPublished = (endpoint: Endpoint, host: string | undefined): boolean =>
  endpoint.conditions?.ready !== false && (host === undefined || hostOf(endpoint) === host);

const isAsked = ({ port, protocol }: Question, found: { name?: string; protocol?: string }): boolean =>
  port === undefined || ((found.name ?? '') === port && (found.protocol ?? 'TCP').toLowerCase() === protocol);

/** Todos pesan lo mismo, y entre todos, cien. */
function weighed(found: readonly Pick<ServiceRecord, 'name' | 'port'>[]): RecordAnswer {
  if (found.length === 0) return nothing;
  const weight = Math.max(1, Math.floor(100 / found.length));
  const unique = new Map(found.map((record) => [`${record.name}:${record.port}`, record] as const));
  return { kind: 'services', records: [...unique.values()].map(({ name, port }) => ({ name, port, priority: 0, weight })) };
}
