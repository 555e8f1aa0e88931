import { nameOf, splitName } from '../object.ts';
import type { Service } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

/** Quince direcciones que no son de ningún nodo ni de ningún Pod. */
const pool = Array.from({ length: 15 }, (_, index) => `192.168.48.${240 + index}`);

/**
 * Quien da dirección a los Services de tipo LoadBalancer. En un clúster de verdad no viene de fábrica: lo pone la nube, MetalLB o quien lo monte.
 * Solo escribe `status.loadBalancer`; que esa dirección lleve a los Pods lo hace el proxy de cada nodo. Los que piden otra clase no son suyos.
 */
// Sigue a kubernetes: staging/src/k8s.io/cloud-provider/controllers/service/controller.go (wantsLoadBalancer).
export function startLoadBalancerController({ store, registry, clock }: World): void {
  const services = store.collection<Service>('services');
  const queue = createWorkQueue(clock, 200, (key) => {
    const { namespace, name } = splitName(key);
    const service = services.get(namespace, name);
    if (!service) return;
    const addresses = addressesOf(service);
    if (!wantsBalancer(service)) {
      // Una dirección que no dimos nosotros no se toca.
      if (addresses.some((address) => pool.includes(address)))
        registry.updateStatus<Service>('services', { ...service, status: { ...service.status, loadBalancer: {} } });
      return;
    }
    if (addresses.length > 0) return;
    const taken = new Set([...services.list()].flatMap(addressesOf));
    const free = pool.find((address) => !taken.has(address));
    // Sin direcciones libres se queda como está; se vuelve a mirar cuando otro suelte la suya.
    if (free)
      registry.updateStatus<Service>('services', { ...service, status: { ...service.status, loadBalancer: { ingress: [{ ip: free, ipMode: 'VIP' }] } } });
  });
  const isWaiting = (service: Service) => wantsBalancer(service) && addressesOf(service).length === 0;

  services.onChange(({ type, object, before }) => {
    if (type !== 'DELETED') queue.add(nameOf(object));
    const freed = (before ? addressesOf(before) : addressesOf(object)).length > 0;
    if (!freed || (type !== 'DELETED' && addressesOf(object).length > 0)) return;
    for (const service of services.list()) if (isWaiting(service)) queue.add(nameOf(service));
  });
}

const wantsBalancer = ({ spec, metadata }: Service): boolean =>
  spec?.type === 'LoadBalancer' && spec.loadBalancerClass === undefined && metadata.deletionTimestamp === undefined;

const addressesOf = ({ status }: Service): string[] => (status?.loadBalancer?.ingress ?? []).flatMap(({ ip }) => (ip ? [ip] : []));
