import type { Clock } from '../clock/clock.ts';
import type { Pod, Service } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import type { EndpointView } from './endpoint-view.ts';
import type { DnsAnswer, Origin } from './network.ts';

const zone = 'cluster.local';
/** Lo que CoreDNS y su caché recuerdan una respuesta, también la negativa. */
const remembered = 30_000;
const nothing: DnsAnswer = { kind: 'nxdomain' };

/**
 * CoreDNS y el `resolv.conf` de cada Pod. La caché es por nodo: dos Pods del mismo nodo ven la misma respuesta vieja.
 */
// Sigue a coredns: plugin/kubernetes (kubernetes.go, local.go) y a la especificación kubernetes/dns 1.1.0.
export function createNameResolver({ clock, store, view }: { clock: Clock; store: Store; view: EndpointView }) {
  const services = store.collection<Service>('services');
  const cache = new Map<string, { answer: DnsAnswer; until: number }>();

  const lookUp = (name: string): DnsAnswer => {
    const labels = name.split('.');
    if (!name.endsWith(`.${zone}`)) return nothing;
    const kind = labels.at(-3);
    const [namespace = '', service = '', host] = labels.slice(0, -3).reverse();
    if (kind === 'pod') return /^\d+-\d+-\d+-\d+$/.test(service) ? { kind: 'addresses', addresses: [service.replaceAll('-', '.')] } : nothing;
    if (kind !== 'svc' || labels.length > 6) return nothing;
    const found = services.get(namespace, service);
    if (!found?.spec) return nothing;
    if (found.spec.type === 'ExternalName') return host ? nothing : { kind: 'name', target: found.spec.externalName ?? '' };
    const ip = found.spec.clusterIP;
    if (!host && ip && ip !== 'None') return { kind: 'addresses', addresses: [ip] };
    const addresses = view
      .live(`${namespace}/${service}`)
      .flatMap((slice) => slice.endpoints ?? [])
      .filter((endpoint) => endpoint.conditions?.ready !== false)
      .filter((endpoint) => !host || (endpoint.hostname ?? endpoint.addresses[0]?.replaceAll('.', '-')) === host)
      .flatMap((endpoint) => endpoint.addresses);
    return addresses.length > 0 ? { kind: 'addresses', addresses: [...new Set(addresses)] } : nothing;
  };

  const ask = (node: string, name: string): DnsAnswer => {
    const key = `${node}|${name}`;
    const now = clock.now();
    const known = cache.get(key);
    if (known && known.until > now) return known.answer;
    if (cache.size > 20_000) cache.clear();
    const answer = lookUp(name);
    cache.set(key, { answer, until: now + remembered });
    return answer;
  };

  return (origin: Origin, asked: string): DnsAnswer => {
    const name = asked.toLowerCase();
    if (isAddress(name)) return { kind: 'addresses', addresses: [name] };
    if (origin === 'control-plane' || 'node' in origin) return nothing;
    const { pod } = origin;
    const fromHosts = hostsOf(pod, name);
    if (fromHosts) return { kind: 'addresses', addresses: [fromHosts] };
    if (!usesClusterDns(pod)) return nothing;
    const node = pod.spec?.nodeName ?? '';
    if (name.endsWith('.')) return ask(node, name.slice(0, -1));
    const namespace = pod.metadata.namespace ?? '';
    const searched = [`${namespace}.svc.${zone}`, `svc.${zone}`, zone].map((suffix) => `${name}.${suffix}`);
    // ndots:5: con menos de cinco puntos, primero los sufijos; el nombre tal cual, al final.
    for (const candidate of name.split('.').length > 5 ? [name, ...searched] : [...searched, name]) {
      const answer = ask(node, candidate);
      if (answer.kind !== 'nxdomain') return answer;
    }
    return nothing;
  };
}

export const isAddress = (host: string): boolean => /^\d{1,3}(\.\d{1,3}){3}$/.test(host);

/** Lo que hay en /etc/hosts del Pod. */
function hostsOf(pod: Pod, name: string): string | undefined {
  if (name === 'localhost') return '127.0.0.1';
  const own = pod.spec?.hostname ?? pod.metadata.name;
  if (name === own || (pod.spec?.subdomain && name === `${own}.${pod.spec.subdomain}.${pod.metadata.namespace}.svc.${zone}`)) return '127.0.0.1';
  return pod.spec?.hostAliases?.find(({ hostnames }) => hostnames?.includes(name))?.ip;
}

const usesClusterDns = ({ spec }: Pod): boolean =>
  spec?.dnsPolicy === 'ClusterFirstWithHostNet' || (!spec?.hostNetwork && (spec?.dnsPolicy ?? 'ClusterFirst') === 'ClusterFirst');
