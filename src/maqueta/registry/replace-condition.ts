import type { PodCondition } from '../schema/types.generated.ts';

/** La condición nueva en el sitio de la vieja. Si el estado no cambia, tampoco su fecha. */
export function replaceCondition(conditions: readonly PodCondition[], next: PodCondition): PodCondition[] {
  const before = conditions.find((condition) => condition.type === next.type);
  if (!before) return [...conditions, next];
  const kept = before.status === next.status && before.lastTransitionTime ? { ...next, lastTransitionTime: before.lastTransitionTime } : next;
  return conditions.map((condition) => (condition === before ? kept : condition));
}
