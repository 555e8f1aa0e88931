import type { KubeObject, ResourceKey } from '../../object.ts';
import { canonicalQuantity, parseQuantity } from '../../quantity.ts';
import type { Container, Pod, ResourceQuota } from '../../schema/types.generated.ts';
import type { Store } from '../../store/store.ts';
import { ApiError } from '../api-error.ts';
import { countedBy, usageOf, usedIn, writeAmount } from './usage.ts';

/** Lo que cada contenedor tiene que decir si una cuota lo limita. */
const mustBeSaid = ['cpu', 'memory', 'requests.cpu', 'requests.memory', 'limits.cpu', 'limits.memory'];

/**
 * Las cuotas del espacio dejan pasar lo que se crea o cambia, o se rechaza con 403. Lo gastado se cuenta en el momento: el real lo
 * lleva apuntado en `status.used`, y aquí eso solo se enseña.
 */
// Sigue a apiserver: pkg/admission/plugin/resourcequota/controller.go (CheckRequest).
export function admitByQuota(store: Store, key: ResourceKey, after: KubeObject, before?: KubeObject): void {
  const { namespace } = after.metadata;
  const quotas = namespace ? [...store.collection<ResourceQuota>('resourcequotas').list(namespace)] : [];
  if (quotas.length === 0) return;
  const wanted = usageOf(key, after);
  const had = before ? usageOf(key, before) : {};
  const { plural, group } = store.collection(key).info;
  const { name = '' } = after.metadata;
  const refuse = (why: string) =>
    new ApiError(403, 'Forbidden', `${plural}${group ? `.${group}` : ''} "${name}" is forbidden: ${why}`, { name, ...(group ? { group } : {}), kind: plural });

  for (const quota of quotas.sort(byName)) {
    const hard = quota.spec?.hard ?? {};
    const limited = Object.keys(hard)
      .filter((resource) => countedBy(resource) === key)
      .sort();
    const missing = key === 'pods' && !before ? unsaid(after as Pod, limited) : '';
    if (missing) throw refuse(`failed quota: ${quota.metadata.name}: must specify ${missing}`);
    const asked = limited.filter((resource) => (wanted[resource] ?? 0) > (had[resource] ?? 0));
    if (asked.length === 0) continue;
    const used = usedIn(store, quota);
    const extra = (resource: string) => (wanted[resource] ?? 0) - (had[resource] ?? 0);
    const exceeded = asked.filter((resource) => (used[resource] ?? 0) + extra(resource) > parseQuantity(hard[resource] ?? '0'));
    if (exceeded.length === 0) continue;
    const tell = (amount: (resource: string) => string) => exceeded.map((resource) => `${resource}=${amount(resource)}`).join(',');
    throw refuse(
      `exceeded quota: ${quota.metadata.name}, requested: ${tell((resource) => writeAmount(resource, extra(resource)))}, used: ${tell((resource) =>
        writeAmount(resource, used[resource] ?? 0),
      )}, limited: ${tell((resource) => canonicalQuantity(hard[resource] ?? '0'))}`,
    );
  }
}

const byName = (a: KubeObject, b: KubeObject): number => (a.metadata.name ?? '').localeCompare(b.metadata.name ?? '');

/** `limits.memory for: app`, por cada recurso que la cuota limita y algún contenedor no dice. Sigue a evaluator/core/pods.go (Constraints). */
function unsaid({ spec }: Pod, limited: readonly string[]): string {
  const containers = [...(spec?.containers ?? []), ...(spec?.initContainers ?? [])];
  return limited
    .filter((resource) => mustBeSaid.includes(resource))
    .map((resource) => [resource, containers.filter((container) => !says(container, resource)).map(({ name }) => name)] as const)
    .filter(([, names]) => names.length > 0)
    .map(([resource, names]) => `${resource} for: ${[...new Set(names)].sort().join(',')}`)
    .join('; ');
}

const says = ({ resources = {} }: Container, resource: string): boolean => {
  const [first, second] = resource.split('.');
  return first === 'limits' ? resources.limits?.[second ?? ''] !== undefined : resources.requests?.[second ?? first ?? ''] !== undefined;
};
