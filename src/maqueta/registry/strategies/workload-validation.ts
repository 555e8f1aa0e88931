import { compileSelector } from '../../scheduler/label-matcher.ts';
import type { LabelSelector, PodTemplateSpec } from '../../schema/types.generated.ts';
import { isEqual } from '../equal.ts';
import type { FieldError } from '../registry.ts';
import { invalid, required } from './field-errors.ts';
import { checkLabels, checkSubdomain } from './names.ts';
import { validatePodSpec } from './pod-validation.ts';

interface WorkloadSpec {
  replicas?: number;
  selector?: LabelSelector;
  template?: PodTemplateSpec;
  minReadySeconds?: number;
  volumeClaimTemplates?: { metadata: { name?: string } }[];
}

/** Lo común a Deployment, ReplicaSet, StatefulSet y DaemonSet. Sigue a pkg/apis/apps/validation/validation.go. */
export function validateWorkload(name: string, spec: WorkloadSpec | undefined): FieldError[] {
  const errors = checkSubdomain('metadata.name', name);
  if (!spec) return [...errors, required('spec')];
  const { selector, template } = spec;
  if (spec.replicas !== undefined && spec.replicas < 0) errors.push(invalid('spec.replicas', spec.replicas, 'must be greater than or equal to 0'));
  if (spec.minReadySeconds !== undefined && spec.minReadySeconds < 0)
    errors.push(invalid('spec.minReadySeconds', spec.minReadySeconds, 'must be greater than or equal to 0'));
  const isEmpty = !selector || (Object.keys(selector.matchLabels ?? {}).length === 0 && (selector.matchExpressions ?? []).length === 0);
  if (!selector) errors.push(required('spec.selector'));
  else if (isEmpty) errors.push(invalid('spec.selector', selector, 'empty selector is invalid for deployment'));
  else if (!compileSelector(selector).matches(template?.metadata?.labels ?? {})) {
    errors.push({
      type: 'FieldValueInvalid',
      field: 'spec.template.metadata.labels',
      message: `Invalid value: ${JSON.stringify(template?.metadata?.labels ?? {})}: \`selector\` does not match template \`labels\``,
    });
  }
  errors.push(...checkLabels('spec.template.metadata.labels', template?.metadata?.labels));
  errors.push(
    ...validatePodSpec(
      template?.spec,
      'spec.template.spec',
      ['Always'],
      (spec.volumeClaimTemplates ?? []).map(({ metadata }) => metadata.name ?? ''),
    ),
  );
  return errors;
}

export const immutable = (field: string, after: unknown, before: unknown): FieldError[] =>
  isEqual(after, before) ? [] : [invalid(field, after, 'field is immutable')];
