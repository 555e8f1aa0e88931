import type { Clock } from '../clock/clock.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import { createDnsRecords, zone } from './dns-records.ts';
import type { EndpointView } from './endpoint-view.ts';
import type { DnsAnswer, Network, Origin, RecordAnswer } from './network.ts';

/** Lo que CoreDNS y su caché recuerdan una respuesta, también la negativa. */
const remembered = 30_000;
const nothing = { kind: 'nxdomain' } as const;

/**
 * CoreDNS y el `resolv.conf` de cada Pod. La caché es por nodo: dos Pods del mismo nodo ven la misma respuesta vieja.
 */
export function createNameResolver({ clock, store, view }: { clock: Clock; store: Store; view: EndpointView }): Pick<Network, 'resolve' | 'query'> {
  const records = createDnsRecords({ store, view });
  const cache = new Map<string, { answer: unknown; until: number }>();

  const remember = <T>(key: string, lookUp: () => T): T => {
    const now = clock.now();
    const known = cache.get(key);
    if (known && known.until > now) return known.answer as T;
    if (cache.size > 20_000) cache.clear();
    const answer = lookUp();
    cache.set(key, { answer, until: now + remembered });
    return answer;
  };
  const ask = (node: string, name: string): DnsAnswer => remember(`${node}|A|${name}`, () => records.addresses(name));

  const resolve = (origin: Origin, asked: string): DnsAnswer => {
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

  const query = (origin: Origin, asked: string, type: 'SRV' | 'CNAME'): RecordAnswer => {
    if (origin === 'control-plane' || 'node' in origin || !usesClusterDns(origin.pod)) return nothing;
    const name = asked.toLowerCase().replace(/\.$/, '');
    return remember(`${origin.pod.spec?.nodeName}|${type}|${name}`, () => (type === 'SRV' ? records.services(name) : records.alias(name)));
  };

  return { resolve, query };
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
