import { parseQuantity } from '../../quantity.ts';
import { resources } from '../../schema/resources.generated.ts';
import type { ResourceQuota } from '../../schema/types.generated.ts';
import { knownNames } from '../quota/usage.ts';
import type { FieldError, Strategy } from '../registry.ts';
import { invalid } from './field-errors.ts';
import { checkSubdomain } from './names.ts';

/** `count/deployments.apps`: cualquiera que la maqueta guarde en un espacio. */
const countable = new Set(resources.filter(({ namespaced }) => namespaced).map(({ plural, group }) => `count/${plural}${group ? `.${group}` : ''}`));

// Sigue a kubernetes: pkg/registry/core/resourcequota/strategy.go y pkg/apis/core/validation (ValidateResourceQuota).
export const quotaStrategy: Strategy<ResourceQuota> = {
  hasGeneration: false,
  prepareForCreate: (quota) => ({ ...quota, status: {} }),
  validateCreate: (quota) => [...checkSubdomain('metadata.name', quota.metadata.name ?? ''), ...validate(quota)],
  validateUpdate: validate,
};

function validate({ spec }: ResourceQuota): FieldError[] {
  return Object.entries(spec?.hard ?? {}).flatMap(([name, amount]) => {
    const field = `spec.hard[${name}]`;
    if (!knownNames.includes(name) && !countable.has(name)) return [invalid(field, name, `la maqueta no cuenta «${name}» en una cuota`)];
    return parseQuantity(amount) < 0 ? [invalid(field, amount, 'must be greater than or equal to 0')] : [];
  });
}
