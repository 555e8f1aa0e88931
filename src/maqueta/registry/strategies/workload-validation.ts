import { compileSelector } from '../../scheduler/label-matcher.ts';
import type { LabelSelector, PodTemplateSpec } from '../../schema/types.generated.ts';
import { isEqual } from '../equal.ts';
import type { FieldError } from '../registry.ts';
import { forbidden, invalid, required } from './field-errors.ts';
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
export function validateWorkload(name: string, spec: WorkloadSpec | undefined, kind: 'deployment' | 'statefulset' | 'daemonset' = 'deployment'): FieldError[] {
  const errors = checkSubdomain('metadata.name', name);
  if (!spec) return [...errors, required('spec')];
  const { selector, template } = spec;
  if (spec.replicas !== undefined && spec.replicas < 0) errors.push(invalid('spec.replicas', spec.replicas, 'must be greater than or equal to 0'));
  if (spec.minReadySeconds !== undefined && spec.minReadySeconds < 0)
    errors.push(invalid('spec.minReadySeconds', spec.minReadySeconds, 'must be greater than or equal to 0'));
  const isEmpty = Object.keys(selector?.matchLabels ?? {}).length === 0 && (selector?.matchExpressions ?? []).length === 0;
  if (!selector) errors.push(required('spec.selector'));
  else if (isEmpty) errors.push(invalid('spec.selector', selector, `empty selector is invalid for ${kind}`));
  else errors.push(...checkSelector(selector));
  // Sin selector no casa nadie; con uno vacío, todos.
  const matches = selector ? isEmpty || compileSelector(selector).matches(template?.metadata?.labels ?? {}) : false;
  if (!matches) errors.push(invalid('spec.template.metadata.labels', template?.metadata?.labels ?? null, '`selector` does not match template `labels`'));
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

/** Sigue a apimachinery/pkg/apis/meta/v1/validation/validation.go. */
export function checkSelector({ matchLabels, matchExpressions = [] }: LabelSelector): FieldError[] {
  return [
    ...checkLabels('spec.selector.matchLabels', matchLabels),
    ...matchExpressions.flatMap(({ operator, values = [] }, index): FieldError[] => {
      const at = `spec.selector.matchExpressions[${index}]`;
      const isSet = operator === 'In' || operator === 'NotIn';
      if (isSet) return values.length > 0 ? [] : [required(`${at}.values`, "must be specified when `operator` is 'In' or 'NotIn'")];
      if (operator !== 'Exists' && operator !== 'DoesNotExist') return [invalid(`${at}.operator`, operator, 'not a valid selector operator')];
      return values.length === 0 ? [] : [forbidden(`${at}.values`, "may not be specified when `operator` is 'Exists' or 'DoesNotExist'")];
    }),
  ];
}
