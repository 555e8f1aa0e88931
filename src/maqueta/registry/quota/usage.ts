import { type KubeObject, keyOf, type ResourceKey } from '../../object.ts';
import { formatQuantity, parseQuantity } from '../../quantity.ts';
import { podLimits, podRequests } from '../../scheduler/pod-requests.ts';
import type { PersistentVolumeClaim, Pod, ResourceQuota, Service } from '../../schema/types.generated.ts';
import type { Store } from '../../store/store.ts';

/** Lo que gasta un objeto de una cuota: nombre del recurso → cantidad, en unidades enteras (la CPU, en núcleos). */
export type Usage = Readonly<Record<string, number>>;

const compute = ['cpu', 'memory', 'ephemeral-storage'];
const counted = ['pods', 'services', 'configmaps', 'secrets', 'persistentvolumeclaims', 'resourcequotas'];

/** Los nombres que se saben contar, además de `count/…`. */
export const knownNames: readonly string[] = [
  ...counted,
  'services.nodeports',
  'services.loadbalancers',
  'requests.storage',
  ...compute,
  ...compute.flatMap((name) => [`requests.${name}`, `limits.${name}`]),
];

/** De qué recurso se cuenta cada nombre: `count/deployments.apps` → `apps/deployments`. */
export function countedBy(name: string): ResourceKey {
  const [plural = '', ...group] = name.startsWith('count/') ? name.slice('count/'.length).split('.') : [];
  if (plural) return keyOf(group.join('.'), plural);
  if (name === 'requests.storage') return 'persistentvolumeclaims';
  if (name.startsWith('services.')) return 'services';
  return counted.includes(name) ? name : 'pods';
}

/** Sigue a kubernetes: pkg/quota/v1/evaluator/core (pods.go, services.go, persistent_volume_claims.go) y pkg/quota/v1/generic/evaluator.go. */
export function usageOf(key: ResourceKey, object: KubeObject): Usage {
  const [plural, group] = key.split('/').reverse();
  const count = { [`count/${plural}${group ? `.${group}` : ''}`]: 1 };
  if (key === 'pods') return { ...count, ...podUsage(object as Pod) };
  if (key === 'services') return { ...count, ...serviceUsage(object as Service) };
  if (key === 'persistentvolumeclaims') {
    const { storage = '0' } = (object as PersistentVolumeClaim).spec?.resources?.requests ?? {};
    return { ...count, [key]: 1, 'requests.storage': parseQuantity(storage) };
  }
  return counted.includes(key) ? { ...count, [key]: 1 } : count;
}

/** Uno que ya acabó no gasta: solo se cuenta que existe. */
function podUsage({ spec, status }: Pod): Usage {
  if (!spec || status?.phase === 'Succeeded' || status?.phase === 'Failed') return {};
  const usage: Record<string, number> = { pods: 1 };
  const units = (name: string, amount: number) => (name === 'cpu' ? amount / 1000 : amount);
  for (const [name, amount] of Object.entries(podRequests(spec))) if (compute.includes(name)) usage[name] = usage[`requests.${name}`] = units(name, amount);
  for (const [name, amount] of Object.entries(podLimits(spec))) if (compute.includes(name)) usage[`limits.${name}`] = units(name, amount);
  return usage;
}

function serviceUsage({ spec }: Service): Usage {
  const ports = (spec?.ports ?? []).filter(({ nodePort }) => nodePort).length;
  return { services: 1, 'services.nodeports': ports, 'services.loadbalancers': spec?.type === 'LoadBalancer' ? 1 : 0 };
}

/** Lo gastado en el espacio de una cuota, por cada recurso que limita. */
export function usedIn(store: Store, quota: ResourceQuota): Usage {
  const used: Record<string, number> = {};
  const names = Object.keys(quota.spec?.hard ?? {});
  for (const name of names) used[name] = 0;
  for (const key of new Set(names.map(countedBy))) {
    for (const object of store.collection(key).list(quota.metadata.namespace)) {
      const usage = usageOf(key, object);
      for (const name of names) used[name] = (used[name] ?? 0) + (usage[name] ?? 0);
    }
  }
  return used;
}

/** Como la escribe la API: `1Gi`, `250m`, `3`. */
export const writeAmount = (name: string, amount: number): string =>
  formatQuantity(amount, /memory|storage/.test(name) && !name.startsWith('count/') ? 'binarySI' : 'decimalSI');
