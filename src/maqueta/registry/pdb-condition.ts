import type { PodDisruptionBudgetStatus } from '../schema/types.generated.ts';

type Condition = NonNullable<PodDisruptionBudgetStatus['conditions']>[number];

/** La condición `DisruptionAllowed` que toca con ese recuento. */
// Sigue a component-helpers: apps/poddisruptionbudget/helpers.go (UpdateDisruptionAllowedCondition).
export function disruptionAllowed(status: PodDisruptionBudgetStatus, now: string): Condition[] {
  const isAllowed = (status.disruptionsAllowed ?? 0) > 0;
  return withCondition(
    status,
    {
      type: 'DisruptionAllowed',
      status: isAllowed ? 'True' : 'False',
      reason: isAllowed ? 'SufficientPods' : 'InsufficientPods',
      message: '',
      ...(status.observedGeneration === undefined ? {} : { observedGeneration: status.observedGeneration }),
    },
    now,
  );
}

export function withCondition({ conditions = [] }: PodDisruptionBudgetStatus, next: Omit<Condition, 'lastTransitionTime'>, now: string): Condition[] {
  const before = conditions.find(({ type }) => type === next.type);
  const stamped = { ...next, lastTransitionTime: before?.status === next.status ? before.lastTransitionTime : now };
  return [...conditions.filter(({ type }) => type !== next.type), stamped];
}
