import { nameOf, splitName } from '../object.ts';
import { usedIn, writeAmount } from '../registry/quota/usage.ts';
import type { ResourceQuota } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { createWorkQueue } from './work-queue.ts';

/** Escribe en cada cuota lo gastado. No frena a nadie: eso lo hace la admisión. */
// Sigue a kubernetes: pkg/controller/resourcequota/resource_quota_controller.go (syncResourceQuota).
export function startQuotaController({ store, registry, clock }: World): void {
  const quotas = store.collection<ResourceQuota>('resourcequotas');
  const queue = createWorkQueue(clock, 25, (key) => {
    const { namespace, name } = splitName(key);
    const quota = quotas.get(namespace, name);
    if (!quota || quota.metadata.deletionTimestamp) return;
    const used = Object.fromEntries(Object.entries(usedIn(store, quota)).map(([resource, amount]) => [resource, writeAmount(resource, amount)]));
    registry.updateStatus<ResourceQuota>('resourcequotas', { ...quota, status: { hard: quota.spec?.hard ?? {}, used } });
  });
  store.onAnyChange((_key, { object }) => {
    if (object.metadata.namespace) for (const quota of quotas.list(object.metadata.namespace)) queue.add(nameOf(quota));
  });
}
