import { nameOf, splitName } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import { disruptionAllowed, withCondition } from '../registry/pdb-condition.ts';
import { compileSelector, type LabelMatcher } from '../scheduler/label-matcher.ts';
import type { Pod, PodDisruptionBudget, PodDisruptionBudgetStatus } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { createExpectedPods, NoScale } from './disruption-scale.ts';
import { isReady } from './pods.ts';
import { createWorkQueue } from './work-queue.ts';

const key = 'policy/poddisruptionbudgets';
const source = { component: 'controllermanager' };
/** Lo que se espera a que desaparezca un Pod ya desalojado antes de volver a contarlo. */
const deletionTimeout = 120_000;

/** Cuenta cuántos Pods de cada PodDisruptionBudget se pueden desalojar ahora mismo. */
// Sigue a kubernetes: pkg/controller/disruption/disruption.go.
export function startDisruptionController(world: World): void {
  const { store, registry, events, clock } = world;
  const budgets = store.collection<PodDisruptionBudget>(key);
  const pods = store.collection<Pod>('pods');
  const expectedPods = createExpectedPods(world);
  const queue = createWorkQueue(clock, 10, reconcile);
  const matchers = new WeakMap<PodDisruptionBudget, LabelMatcher>();
  const matcherOf = (budget: PodDisruptionBudget) => {
    const known = matchers.get(budget) ?? compileSelector(budget.spec?.selector);
    matchers.set(budget, known);
    return known;
  };

  budgets.onChange(({ type, object, before }) => {
    if (type !== 'DELETED' && (!before || before.spec !== object.spec || before.status?.disruptedPods !== object.status?.disruptedPods))
      queue.add(nameOf(object));
  });
  pods.onChange(({ object, before }) => {
    if (budgets.size === 0) return;
    const found = [...budgets.list(object.metadata.namespace)].filter((budget) => matcherOf(budget).matches(object.metadata.labels ?? {}));
    const [first] = found;
    if (found.length > 1 && first) {
      const { namespace, name } = object.metadata;
      const message = `Pod "${namespace}"/"${name}" matches multiple PodDisruptionBudgets.  Chose "${first.metadata.name}" arbitrarily.`;
      events.record(object, 'Warning', 'MultiplePodDisruptionBudgets', message, source);
    }
    if (first) queue.add(nameOf(first));
    if (!before || before.metadata.labels === object.metadata.labels) return;
    for (const budget of budgets.list(object.metadata.namespace)) if (matcherOf(budget).matches(before.metadata.labels ?? {})) queue.add(nameOf(budget));
  });

  function reconcile(name: string): void {
    const budget = budgets.get(splitName(name).namespace, splitName(name).name);
    if (!budget) return;
    const matcher = matcherOf(budget);
    const mine = [...pods.list(budget.metadata.namespace)].filter(({ metadata }) => matcher.matches(metadata.labels ?? {}));
    if (mine.length === 0) events.record(budget, 'Normal', 'NoPods', 'No matching pods found', source);
    let counted: ReturnType<typeof expectedPods>;
    try {
      counted = expectedPods(budget, mine);
    } catch (error) {
      if (!(error instanceof NoScale)) throw error;
      return failSafe(budget, error.message);
    }
    if (counted.hasUnmanaged) {
      const message = `Pods selected by this PodDisruptionBudget (selector: ${describe(budget)}) were found to be unmanaged. As a result, the status of the PDB cannot be calculated correctly, which may result in undefined behavior. To account for these pods please set ".spec.minAvailable" field of the PDB to an integer value.`;
      events.record(budget, 'Warning', 'UnmanagedPods', message, source);
    }
    const disruptedPods = stillDisrupted(budget, mine);
    const currentHealthy = mine.filter((pod) => !pod.metadata.deletionTimestamp && !disruptedPods[pod.metadata.name ?? ''] && isReady(pod)).length;
    const { expected, desired } = counted;
    const status: PodDisruptionBudgetStatus = {
      ...(budget.status?.conditions ? { conditions: budget.status.conditions } : {}),
      ...(Object.keys(disruptedPods).length > 0 ? { disruptedPods } : {}),
      observedGeneration: budget.metadata.generation ?? 1,
      disruptionsAllowed: expected <= 0 ? 0 : Math.max(0, currentHealthy - desired),
      currentHealthy,
      desiredHealthy: desired,
      expectedPods: expected,
    };
    write(budget, { ...status, conditions: disruptionAllowed(status, timestamp(clock.now())) });
  }

  /** Los desalojados que aún no se han ido del todo. Si tardan demasiado se vuelve a contar con ellos. */
  function stillDisrupted(budget: PodDisruptionBudget, mine: readonly Pod[]): Record<string, string> {
    const kept: Record<string, string> = {};
    for (const pod of mine) {
      const since = budget.status?.disruptedPods?.[pod.metadata.name ?? ''];
      if (!since || pod.metadata.deletionTimestamp) continue;
      const until = Date.parse(since) + deletionTimeout;
      if (until < clock.now()) {
        const message = `Pod was expected by PDB ${budget.metadata.namespace}/${budget.metadata.namespace} to be deleted but it wasn't`;
        events.record(pod, 'Warning', 'NotDeleted', message, source);
        continue;
      }
      kept[pod.metadata.name ?? ''] = since;
      queue.addAfter(nameOf(budget), until - clock.now() + 1);
    }
    return kept;
  }

  /** Si no se sabe contar, que no se desaloje a nadie. */
  function failSafe(budget: PodDisruptionBudget, message: string): void {
    events.record(budget, 'Warning', 'CalculateExpectedPodCountFailed', `Failed to calculate the number of expected pods: ${message}`, source);
    const status: PodDisruptionBudgetStatus = { currentHealthy: 0, desiredHealthy: 0, expectedPods: 0, ...budget.status, disruptionsAllowed: 0 };
    const condition = { type: 'DisruptionAllowed', status: 'False' as const, reason: 'SyncFailed', message };
    const observed = status.observedGeneration === undefined ? {} : { observedGeneration: status.observedGeneration };
    write(budget, { ...status, conditions: withCondition(status, { ...condition, ...observed }, timestamp(clock.now())) });
  }

  function write(budget: PodDisruptionBudget, status: PodDisruptionBudgetStatus): void {
    if (!isEqual(budget.status, status)) registry.updateStatus<PodDisruptionBudget>(key, { ...budget, status });
  }
}

/** Como imprime Go un `*LabelSelector`. */
const describe = ({ spec }: PodDisruptionBudget): string => {
  const labels = Object.entries(spec?.selector?.matchLabels ?? {}).map(([name, value]) => `${name}: ${value},`);
  return `&LabelSelector{MatchLabels:map[string]string{${labels.join('')}},MatchExpressions:[]LabelSelectorRequirement{},}`;
};
