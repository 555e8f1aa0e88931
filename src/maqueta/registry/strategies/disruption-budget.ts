import type { IntOrString, PodDisruptionBudget } from '../../schema/types.generated.ts';
import type { FieldError, Strategy } from '../registry.ts';
import { invalid, notSupported } from './field-errors.ts';
import { checkSubdomain } from './names.ts';
import { checkSelector } from './workload-validation.ts';
import { checkAmount } from './workloads.ts';

// Sigue a kubernetes: pkg/registry/policy/poddisruptionbudget/strategy.go y pkg/apis/policy/validation/validation.go.
export const disruptionBudgetStrategy: Strategy<PodDisruptionBudget> = {
  hasGeneration: true,
  prepareForCreate: (budget) => ({ ...budget, status: { disruptionsAllowed: 0, currentHealthy: 0, desiredHealthy: 0, expectedPods: 0 } }),
  validateCreate: (budget) => [...checkSubdomain('metadata.name', budget.metadata.name ?? ''), ...validate(budget)],
  validateUpdate: (budget) => validate(budget),
};

function validate({ spec = {} }: PodDisruptionBudget): FieldError[] {
  const { minAvailable, maxUnavailable, unhealthyPodEvictionPolicy: policy, selector } = spec;
  const errors =
    minAvailable !== undefined && maxUnavailable !== undefined ? [invalid('spec', spec, 'minAvailable and maxUnavailable cannot be both set')] : [];
  for (const [field, amount] of [
    ['spec.minAvailable', minAvailable],
    ['spec.maxUnavailable', maxUnavailable],
  ] as const) {
    errors.push(...checkAmount(field, amount), ...aboveAll(field, amount));
  }
  if (selector) errors.push(...checkSelector(selector));
  if (policy !== undefined && policy !== 'IfHealthyBudget' && policy !== 'AlwaysAllow')
    errors.push(notSupported('spec.unhealthyPodEvictionPolicy', policy, ['AlwaysAllow', 'IfHealthyBudget']));
  return errors;
}

const aboveAll = (field: string, amount: IntOrString | undefined): FieldError[] => {
  const percent = typeof amount === 'string' ? /^([0-9]+)%$/.exec(amount)?.[1] : undefined;
  return percent !== undefined && Number(percent) > 100 ? [invalid(field, amount, 'must not be greater than 100%')] : [];
};
