import { compileSelector } from '../scheduler/label-matcher.ts';
import type { Pod, PodDisruptionBudget } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { disruptionAllowed } from './pdb-condition.ts';
import type { DeleteOptions } from './registry.ts';
import { replaceCondition } from './replace-condition.ts';

const budgets = 'policy/poddisruptionbudgets';
/** Cuántos se admiten a la vez sin confirmar que se han ido. */
const mostPending = 2000;

/**
 * Desaloja un Pod si su PodDisruptionBudget lo permite; si no, lanza el 429 del real.
 * Un Pod que ya no sirve a nadie (acabado, sin empezar o yéndose) se va sin preguntar.
 */
// Sigue a kubernetes: pkg/registry/core/pod/storage/eviction.go.
export function evictPod(world: Pick<World, 'store' | 'clock' | 'registry'>, pod: Pod, options: DeleteOptions = {}): void {
  if (!isBeyondBudget(pod)) spend(world, pod, options.isDryRun ?? false);
  remove(world, pod, options);
}

const isBeyondBudget = ({ status, metadata }: Pod): boolean =>
  status?.phase === 'Succeeded' || status?.phase === 'Failed' || status?.phase === 'Pending' || metadata.deletionTimestamp !== undefined;

/** Descuenta el desalojo del único presupuesto que lo cubre, si hay alguno. */
function spend({ store, clock, registry }: Pick<World, 'store' | 'clock' | 'registry'>, pod: Pod, isDryRun: boolean): void {
  const matching = [...store.collection<PodDisruptionBudget>(budgets).list(pod.metadata.namespace)].filter(({ spec }) =>
    compileSelector(spec?.selector).matches(pod.metadata.labels ?? {}),
  );
  if (matching.length > 1) {
    throw new ApiError(500, '', 'This pod has more than one PodDisruptionBudget, which the eviction subresource does not support.');
  }
  const [budget] = matching;
  if (!budget) return;
  const { currentHealthy = 0, desiredHealthy = 0 } = budget.status ?? {};
  const isHealthy = pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;
  // Quien no está sano no cuenta: no gasta presupuesto si se puede prescindir de él.
  if (!isHealthy && budget.spec?.unhealthyPodEvictionPolicy === 'AlwaysAllow') return;
  if (!isHealthy && currentHealthy >= desiredHealthy && desiredHealthy > 0) return;
  rejectOverspent(budget);
  const { disruptionsAllowed = 0, disruptedPods, ...rest } = budget.status ?? {};
  const now = timestamp(clock.now());
  const status = { ...rest, disruptionsAllowed: disruptionsAllowed - 1, disruptedPods: { ...disruptedPods, [pod.metadata.name ?? '']: now } };
  const conditions = status.disruptionsAllowed === 0 ? { conditions: disruptionAllowed(status, now) } : {};
  registry.updateStatus<PodDisruptionBudget>(budgets, { ...budget, status: { ...status, ...conditions } } as PodDisruptionBudget, { isDryRun });
}

function rejectOverspent({ metadata: { name = '', generation = 0 }, status }: PodDisruptionBudget): void {
  if ((status?.observedGeneration ?? 0) < generation) throw tooMany(`The disruption budget ${name} is still being processed by the server.`, 10);
  const { disruptionsAllowed = 0, currentHealthy = 0, desiredHealthy = 0, disruptedPods = {}, conditions = [] } = status ?? {};
  if (disruptionsAllowed < 0) throw forbidden(name, 'pdb disruptions allowed is negative', 'pdb disruptions allowed is negative');
  if (Object.keys(disruptedPods).length > mostPending) {
    throw forbidden(
      name,
      'DisruptedPods map too big - too many evictions not confirmed by PDB controller',
      'too many pending evictions not confirmed by PDB controller',
    );
  }
  if (disruptionsAllowed > 0) return;
  const condition = conditions.find(({ type, status: value, message }) => type === 'DisruptionAllowed' && value === 'False' && message);
  if (condition?.reason === 'SyncFailed')
    throw tooMany(`The disruption budget ${name} does not allow evicting pods currently because it failed sync: ${condition.message}`);
  if (currentHealthy <= desiredHealthy) throw tooMany(`The disruption budget ${name} needs ${desiredHealthy} healthy pods and has ${currentHealthy} currently`);
  throw tooMany(`The disruption budget ${name} does not allow evicting pods currently${condition ? ` (${condition.reason}): ${condition.message}` : ''}`);
}

const tooMany = (message: string, retryAfterSeconds?: number): ApiError =>
  new ApiError(429, 'TooManyRequests', "Cannot evict pod as it would violate the pod's disruption budget.", {
    causes: [{ reason: 'DisruptionBudget', message, field: '' }],
    ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
  });

const forbidden = (name: string, why: string, cause: string): ApiError =>
  new ApiError(403, 'Forbidden', `poddisruptionbudget.policy ${JSON.stringify(name)} is forbidden: ${why}`, {
    name,
    group: 'policy',
    kind: 'poddisruptionbudget',
    causes: [{ reason: 'DisruptionBudget', message: `The disruption budget ${name} does not allow evicting pods currently: ${cause}`, field: '' }],
  });

function remove({ store, clock, registry }: Pick<World, 'store' | 'clock' | 'registry'>, pod: Pod, options: DeleteOptions): void {
  const { namespace = '', name = '' } = pod.metadata;
  const { uid, resourceVersion } = options.preconditions ?? {};
  const current = store.collection<Pod>('pods').get(namespace, name);
  // Las condiciones se miran antes de anotar el motivo: anotarlo cambia la versión.
  if (current && !options.isDryRun && (!uid || uid === current.metadata.uid) && (!resourceVersion || resourceVersion === current.metadata.resourceVersion)) {
    const marked = registry.updateStatus<Pod>('pods', {
      ...current,
      status: {
        ...current.status,
        conditions: replaceCondition(current.status?.conditions ?? [], {
          type: 'DisruptionTarget',
          status: 'True',
          lastTransitionTime: timestamp(clock.now()),
          reason: 'EvictionByEvictionAPI',
          message: 'Eviction API: evicting',
        }),
      },
    });
    const preconditions = { ...(uid ? { uid } : {}), ...(resourceVersion ? { resourceVersion: marked.metadata.resourceVersion ?? '' } : {}) };
    registry.delete('pods', namespace, name, { ...options, preconditions });
    return;
  }
  registry.delete('pods', namespace, name, options);
}
