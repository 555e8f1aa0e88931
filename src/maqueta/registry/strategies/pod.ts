import type { Pod, PodSpec, PriorityClass, Toleration } from '../../schema/types.generated.ts';
import type { World } from '../../world.ts';
import { isEqual } from '../equal.ts';
import type { Strategy } from '../registry.ts';
import { forbidden } from './field-errors.ts';
import { checkLabels, checkSubdomain } from './names.ts';
import { podSpecDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import { qosClass } from './qos-class.ts';

const fixed =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** Sigue a pkg/registry/core/pod/strategy.go y a la admisión DefaultTolerationSeconds, ServiceAccount y Priority. */
export const podStrategy = ({ store }: Pick<World, 'store'>): Strategy<Pod> => ({
  setDefaults: (pod) => ({ ...pod, ...(pod.spec ? { spec: podSpecDefaults(pod.spec) } : {}) }),
  prepareForCreate(pod) {
    const spec = pod.spec;
    if (!spec) return pod;
    const admitted: PodSpec = {
      ...spec,
      serviceAccountName: spec.serviceAccountName ?? 'default',
      serviceAccount: spec.serviceAccountName ?? 'default',
      enableServiceLinks: spec.enableServiceLinks ?? true,
      tolerations: withDefaultTolerations(spec.tolerations ?? []),
      ...priorityOf(spec, store.collection<PriorityClass>('scheduling.k8s.io/priorityclasses').get('', spec.priorityClassName ?? '')),
    };
    return { ...pod, spec: spreadSelectors(admitted, pod), status: { phase: 'Pending', qosClass: qosClass(admitted) } };
  },
  validateCreate: (pod) => [
    ...checkSubdomain('metadata.name', pod.metadata.name ?? ''),
    ...checkLabels('metadata.labels', pod.metadata.labels),
    ...validatePodSpec(pod.spec, 'spec', ['Always', 'OnFailure', 'Never']),
  ],
  validateUpdate(pod, before) {
    const mask = (spec: PodSpec | undefined) => ({
      ...spec,
      containers: (spec?.containers ?? []).map(({ image: _image, ...rest }) => rest),
      initContainers: (spec?.initContainers ?? []).map(({ image: _image, ...rest }) => rest),
      activeDeadlineSeconds: undefined,
      tolerations: undefined,
      nodeName: undefined,
    });
    const errors = validatePodSpec(pod.spec, 'spec', ['Always', 'OnFailure', 'Never']);
    return isEqual(mask(pod.spec), mask(before.spec)) ? errors : [...errors, forbidden('spec', fixed)];
  },
  gracePeriod(pod, requested) {
    // Sin nodo no hay kubelet que espere a nadie: se borra ya.
    if (!pod.spec?.nodeName || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return 0;
    return requested ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  },
});

const priorityOf = (spec: PodSpec, priorityClass: PriorityClass | undefined): Partial<PodSpec> => ({
  priority: priorityClass?.value ?? spec.priority ?? 0,
  preemptionPolicy: (priorityClass?.preemptionPolicy ?? spec.preemptionPolicy ?? 'PreemptLowerPriority') as NonNullable<PodSpec['preemptionPolicy']>,
});

const defaultTolerations: readonly Toleration[] = [
  { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
  { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 300 },
];

const withDefaultTolerations = (tolerations: readonly Toleration[]): Toleration[] => [
  ...tolerations,
  ...defaultTolerations.filter(({ key }) => !tolerations.some((own) => (own.key === key || !own.key) && (own.effect === 'NoExecute' || !own.effect))),
];

/** matchLabelKeys se funde en el selector al crear, como el real desde 1.34 (MatchLabelKeysInPodTopologySpreadSelectorMerge). */
function spreadSelectors(spec: PodSpec, pod: Pod): PodSpec {
  if (!spec.topologySpreadConstraints?.some(({ matchLabelKeys }) => matchLabelKeys?.length)) return spec;
  return {
    ...spec,
    topologySpreadConstraints: spec.topologySpreadConstraints.map((constraint) => {
      const extra = (constraint.matchLabelKeys ?? []).flatMap((key) => {
        const value = pod.metadata.labels?.[key];
        return value === undefined ? [] : [{ key, operator: 'In', values: [value] }];
      });
      if (extra.length === 0) return constraint;
      return {
        ...constraint,
        labelSelector: { ...constraint.labelSelector, matchExpressions: [...(constraint.labelSelector?.matchExpressions ?? []), ...extra] },
      };
    }),
  };
}
