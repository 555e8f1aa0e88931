import type { Service, ServicePort } from '../../schema/types.generated.ts';
import type { World } from '../../world.ts';
import { ApiError } from '../api-error.ts';
import type { FieldError, Strategy } from '../registry.ts';
import { duplicate, forbidden, invalid, required } from './field-errors.ts';
import { checkLabel1035 } from './names.ts';

/** 10.96.0.0/16; las primeras se guardan para kubernetes y el DNS. */
const firstAddress = 256;
const lastAddress = 65_534;
const nodePorts = { first: 30_000, last: 32_767, automatic: 30_086 };

/** Sigue a pkg/registry/core/service y pkg/apis/core/v1/defaults.go. */
export const serviceStrategy = ({ store, random }: Pick<World, 'store' | 'random'>): Strategy<Service> => {
  const dice = random.fork('direcciones de service');
  const services = () => store.collection<Service>('services').list();

  const freeAddress = (): string => {
    const used = new Set([...services()].map(({ spec }) => spec?.clusterIP));
    for (let tries = 0; tries < 1000; tries++) {
      const number = firstAddress + dice.integer(lastAddress - firstAddress);
      const address = `10.96.${number >> 8}.${number & 255}`;
      if (!used.has(address)) return address;
    }
    throw new ApiError(500, 'InternalError', 'Internal error occurred: failed to allocate a serviceIP: range is full');
  };
  const freePort = (used: Set<number>): number => {
    for (let tries = 0; tries < 1000; tries++) {
      const port = nodePorts.automatic + dice.integer(nodePorts.last - nodePorts.automatic + 1);
      if (!used.has(port)) {
        used.add(port);
        return port;
      }
    }
    throw new ApiError(500, 'InternalError', 'Internal error occurred: failed to allocate a nodePort: range is full');
  };
  const usedPorts = (but: string | undefined): Set<number> =>
    new Set(
      [...services()]
        .filter(({ metadata }) => metadata.uid !== but)
        .flatMap(({ spec }) => (spec?.ports ?? []).flatMap(({ nodePort }) => (nodePort ? [nodePort] : []))),
    );

  const complete = (service: Service): Service => {
    const spec = service.spec ?? {};
    const type = spec.type ?? 'ClusterIP';
    if (type === 'ExternalName') return service;
    const clusterIP = spec.clusterIP || freeAddress();
    const used = usedPorts(service.metadata.uid);
    const needsPort = type === 'NodePort' || (type === 'LoadBalancer' && spec.allocateLoadBalancerNodePorts !== false);
    const ports = (spec.ports ?? []).map((port): ServicePort => (needsPort && !port.nodePort ? { ...port, nodePort: freePort(used) } : port));
    return { ...service, spec: { ...spec, clusterIP, clusterIPs: [clusterIP], ...(ports.length > 0 ? { ports } : {}) } };
  };

  /** La IP virtual que pide el manifiesto, si ya la tiene otro o no es del rango. */
  const takenAddress = ({ metadata, spec }: Service): FieldError[] => {
    const address = spec?.clusterIP;
    if (!address || address === 'None' || spec.type === 'ExternalName') return [];
    if (!/^10\.96\.(\d{1,3})\.(\d{1,3})$/.test(address)) {
      return [
        invalid(
          'spec.clusterIPs',
          [address],
          `failed to allocate IP ${address}: the provided IP (${address}) is not in the valid range. The range of valid IPs is 10.96.0.0/16`,
        ),
      ];
    }
    const isTaken = [...services()].some((other) => other.metadata.uid !== metadata.uid && other.spec?.clusterIP === address);
    return isTaken ? [invalid('spec.clusterIPs', [address], `failed to allocate IP ${address}: provided IP is already allocated`)] : [];
  };

  return {
    hasGeneration: false,
    setDefaults(service) {
      const spec = service.spec ?? {};
      const type = spec.type ?? 'ClusterIP';
      const isExternal = type === 'ExternalName';
      return {
        ...service,
        spec: {
          ...spec,
          type,
          sessionAffinity: spec.sessionAffinity ?? 'None',
          ...(spec.sessionAffinity === 'ClientIP'
            ? { sessionAffinityConfig: { clientIP: { timeoutSeconds: spec.sessionAffinityConfig?.clientIP?.timeoutSeconds ?? 10_800 } } }
            : {}),
          ...(spec.ports ? { ports: spec.ports.map((port) => ({ ...port, protocol: port.protocol ?? 'TCP', targetPort: port.targetPort ?? port.port })) } : {}),
          ...(isExternal
            ? {}
            : {
                internalTrafficPolicy: spec.internalTrafficPolicy ?? 'Cluster',
                ipFamilies: spec.ipFamilies ?? ['IPv4'],
                ipFamilyPolicy: spec.ipFamilyPolicy ?? 'SingleStack',
              }),
          ...(type === 'NodePort' || type === 'LoadBalancer' ? { externalTrafficPolicy: spec.externalTrafficPolicy ?? 'Cluster' } : {}),
          ...(type === 'LoadBalancer' ? { allocateLoadBalancerNodePorts: spec.allocateLoadBalancerNodePorts ?? true } : {}),
        },
        ...(service.status?.loadBalancer?.ingress
          ? {
              status: {
                ...service.status,
                loadBalancer: {
                  ingress: service.status.loadBalancer.ingress.map((entry) => (entry.ip && !entry.ipMode ? { ...entry, ipMode: 'VIP' } : entry)),
                },
              },
            }
          : {}),
      };
    },
    prepareForCreate: (service) => complete({ ...service, status: { loadBalancer: {} } }),
    prepareForUpdate(service, before) {
      // La IP virtual y los puertos de nodo asignados se conservan aunque el manifiesto no los diga.
      const spec = { ...service.spec };
      const stays = spec.type !== 'ExternalName' && before.spec?.type !== 'ExternalName';
      if (stays && !spec.clusterIP && before.spec?.clusterIP) spec.clusterIP = before.spec.clusterIP;
      const known = new Map((before.spec?.ports ?? []).map((port) => [`${port.protocol}/${port.port}`, port.nodePort] as const));
      const keeps = spec.type === 'NodePort' || spec.type === 'LoadBalancer';
      const ports = spec.ports?.map((port) => {
        const nodePort = port.nodePort ?? known.get(`${port.protocol}/${port.port}`);
        return keeps && nodePort ? { ...port, nodePort } : port;
      });
      return complete({ ...service, spec: { ...spec, ...(ports ? { ports } : {}) } });
    },
    validateCreate: (service) => [...classErrors(service), ...validate(service, usedPorts(service.metadata.uid)), ...takenAddress(service)],
    validateUpdate: (service, before) => [
      ...(before.spec?.clusterIP && service.spec?.type !== 'ExternalName' && service.spec?.clusterIP !== before.spec.clusterIP
        ? [invalid('spec.clusterIPs[0]', [service.spec?.clusterIP], 'may not change once set')]
        : []),
      ...classErrors(service, before),
      ...validate(service, usedPorts(service.metadata.uid)),
    ],
  };
};

/** Sigue a pkg/apis/core/validation (validateLoadBalancerClassField). */
function classErrors({ spec }: Service, before?: Service): FieldError[] {
  const field = 'spec.loadBalancerClass';
  const isChanged = spec?.loadBalancerClass !== before?.spec?.loadBalancerClass;
  if (before?.spec?.type === 'LoadBalancer' && spec?.type === 'LoadBalancer' && isChanged)
    return [invalid(field, spec.loadBalancerClass, 'may not change once set')];
  if (spec?.loadBalancerClass !== undefined && spec.type !== 'LoadBalancer') return [forbidden(field, "may only be used when `type` is 'LoadBalancer'")];
  return [];
}

function validate({ metadata, spec }: Service, used: ReadonlySet<number>): FieldError[] {
  const errors = checkLabel1035('metadata.name', metadata.name ?? '');
  if (spec?.type === 'ExternalName') return spec.externalName ? errors : [...errors, required('spec.externalName')];
  if (!spec?.ports?.length && spec?.clusterIP !== 'None') errors.push(required('spec.ports'));
  if (spec?.clusterIP === 'None' && (spec.type === 'NodePort' || spec.type === 'LoadBalancer'))
    errors.push(invalid('spec.clusterIPs[0]', 'None', `may not be set to 'None' for ${spec.type} services`));
  const names = new Set<string>();
  const keys = new Set<string>();
  for (const [index, port] of (spec?.ports ?? []).entries()) {
    const at = `spec.ports[${index}]`;
    if (!(port.port > 0 && port.port < 65_536)) errors.push(invalid(`${at}.port`, port.port, 'must be between 1 and 65535, inclusive'));
    if ((spec?.ports?.length ?? 0) > 1 && !port.name) errors.push(required(`${at}.name`));
    if (port.name && names.has(port.name)) errors.push(duplicate(`${at}.name`, port.name));
    names.add(port.name ?? '');
    if (keys.has(`${port.protocol}/${port.port}`)) errors.push(duplicate(`${at}`, { port: port.port, protocol: port.protocol }));
    keys.add(`${port.protocol}/${port.port}`);
    if (port.nodePort && (port.nodePort < nodePorts.first || port.nodePort > nodePorts.last)) {
      errors.push(
        invalid(`${at}.nodePort`, port.nodePort, `provided port is not in the valid range. The range of valid ports is ${nodePorts.first}-${nodePorts.last}`),
      );
    } else if (port.nodePort && used.has(port.nodePort)) errors.push(invalid(`${at}.nodePort`, port.nodePort, 'provided port is already allocated'));
  }
  return errors;
}
