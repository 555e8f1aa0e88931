import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Endpoint, Service, ServicePort } from '../schema/types.generated.ts';
import type { Store } from '../store/store.ts';
import type { EndpointView } from './endpoint-view.ts';

/** A dónde manda un nodo una conexión: a un Pod, la rechaza o la deja caer. `undefined`: no es de ningún Service. */
export type Route = { kind: 'endpoint'; address: string; port: number } | { kind: 'rejected' } | { kind: 'dropped' } | undefined;

export interface ServiceProxy {
  /** Conexión desde `node` a la IP virtual `address`. */
  toClusterIp(node: string, client: string, address: string, port: number): Route;
  /** Conexión desde `node` a la dirección que alguien ha dado a un LoadBalancer: cada nodo la atiende como si fuera suya. */
  toBalancerIp(node: string, client: string, address: string, port: number): Route;
  /** Conexión que llega a `node` por un NodePort. */
  toNodePort(node: string, client: string, port: number, isFromPod: boolean): Route;
}

interface Target {
  address: string;
  port: number;
}

/** El reparto de kube-proxy: una regla en cada nodo, no un proceso que equilibre. */
// Sigue a kubernetes: pkg/proxy/topology.go (CategorizeEndpoints) y pkg/proxy/iptables/proxier.go.
export function createServiceProxy({ clock, random, store, view }: { clock: Clock; random: Random; store: Store; view: EndpointView }): ServiceProxy {
  const choices = random.fork('reparto');
  const services = store.collection<Service>('services');
  const byIp = services.index('ip-virtual', ({ spec }) => (spec?.clusterIPs ?? (spec?.clusterIP ? [spec.clusterIP] : [])).filter((ip) => ip !== 'None'));
  const byNodePort = services.index('nodeport', ({ spec }) => (spec?.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [String(nodePort)] : [])));
  const byBalancer = services.index('ip-de-balanceador', ({ status }) =>
    (status?.loadBalancer?.ingress ?? []).flatMap(({ ip, ipMode }) => (ip && ipMode !== 'Proxy' ? [ip] : [])),
  );
  const affinity = new Map<string, Target & { until: number }>();

  const candidates = (node: string, service: Service, port: ServicePort, isLocal: boolean): Target[] => {
    const ready: Target[] = [];
    const leaving: Target[] = [];
    for (const slice of view.seenFrom(node, `${service.metadata.namespace}/${service.metadata.name}`)) {
      const target = slice.ports?.find(({ name }) => (name ?? '') === (port.name ?? ''))?.port;
      if (target === undefined) continue;
      for (const endpoint of slice.endpoints ?? []) {
        const address = endpoint.addresses[0];
        if (!address || (isLocal && endpoint.nodeName !== node)) continue;
        if (endpoint.conditions?.ready !== false) ready.push({ address, port: target });
        else if (isServingWhileLeaving(endpoint)) leaving.push({ address, port: target });
      }
    }
    // Sin nadie listo, mejor uno que se está yendo y aún atiende que un rechazo (KEP-1669).
    return ready.length > 0 ? ready : leaving;
  };

  const choose = (node: string, client: string, service: Service, port: ServicePort, isLocal: boolean): Route => {
    const targets = candidates(node, service, port, isLocal);
    if (targets.length === 0) return isLocal && candidates(node, service, port, false).length > 0 ? { kind: 'dropped' } : { kind: 'rejected' };
    if (service.spec?.sessionAffinity !== 'ClientIP') return { kind: 'endpoint', ...choices.pick(targets) };
    const key = `${node}|${service.metadata.uid}|${port.name ?? port.port}|${client}`;
    const now = clock.now();
    const known = affinity.get(key);
    const kept = known && known.until > now ? targets.find(({ address }) => address === known.address) : undefined;
    const target = kept ?? choices.pick(targets);
    affinity.set(key, { ...target, until: now + (service.spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800) * 1000 });
    return { kind: 'endpoint', ...target };
  };

  return {
    toClusterIp(node, client, address, port) {
      for (const service of byIp.get(address)) {
        const found = service.spec?.ports?.find((candidate) => candidate.port === port && (candidate.protocol ?? 'TCP') === 'TCP');
        // En modo iptables nadie contesta en los puertos que el Service no declara.
        return found ? choose(node, client, service, found, service.spec?.internalTrafficPolicy === 'Local') : { kind: 'dropped' };
      }
      return undefined;
    },
    toBalancerIp(node, client, address, port) {
      for (const service of byBalancer.get(address)) {
        const found = service.spec?.ports?.find((candidate) => candidate.port === port && (candidate.protocol ?? 'TCP') === 'TCP');
        if (found) return choose(node, client, service, found, isLocalOnly(service, true));
      }
      return undefined;
    },
    toNodePort(node, client, port, isFromPod) {
      for (const service of byNodePort.get(String(port))) {
        const found = service.spec?.ports?.find(({ nodePort }) => nodePort === port);
        if (found) return choose(node, client, service, found, isLocalOnly(service, isFromPod));
      }
      return undefined;
    },
  };
}

/** `externalTrafficPolicy` es para quien llega de fuera: lo que sale de un Pod del clúster va a cualquier endpoint. */
const isLocalOnly = ({ spec }: Service, isFromPod: boolean): boolean => spec?.externalTrafficPolicy === 'Local' && !isFromPod;

const isServingWhileLeaving = ({ conditions }: Endpoint): boolean => conditions?.terminating === true && conditions.serving !== false;
