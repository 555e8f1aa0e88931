import type { Pod, PodSpec, PriorityClass, Toleration } from '../../schema/types.generated.ts';
import type { World } from '../../world.ts';
import { ApiError } from '../api-error.ts';
import { isEqual } from '../equal.ts';
import type { FieldError, Strategy } from '../registry.ts';
import { forbidden } from './field-errors.ts';
import { checkLabels, checkSubdomain } from './names.ts';
import { podDefaults } from './pod-defaults.ts';
import { validatePodSpec } from './pod-validation.ts';
import { qosClass } from './qos-class.ts';

const fixed =
  'pod updates may not change fields other than `spec.containers[*].image`,`spec.initContainers[*].image`,`spec.activeDeadlineSeconds`,`spec.tolerations` (only additions to existing tolerations),`spec.terminationGracePeriodSeconds` (allow it to be set to 1 if it was previously negative)';

/** Sigue a pkg/registry/core/pod/strategy.go y a la admisión DefaultTolerationSeconds, ServiceAccount y Priority. */
export const podStrategy = ({ store }: Pick<World, 'store'>): Strategy<Pod> => ({
  setDefaults: (pod) => ({ ...pod, ...(pod.spec ? { spec: podDefaults(pod.spec) } : {}) }),
  prepareForCreate(pod) {
    const spec = pod.spec;
    if (!spec) return pod;
    requireAccount(pod, spec, store);
    const admitted: PodSpec = {
      ...spec,
      serviceAccountName: spec.serviceAccountName ?? 'default',
      serviceAccount: spec.serviceAccountName ?? 'default',
      tolerations: withDefaultTolerations(spec.tolerations ?? []),
      ...priorityOf(pod, spec, store),
    };
    return { ...pod, spec: spreadSelectors(admitted, pod), status: { phase: 'Pending', qosClass: qosClass(admitted) } };
  },
  validateCreate: (pod) => [
    ...checkSubdomain('metadata.name', pod.metadata.name ?? ''),
    ...checkLabels('metadata.labels', pod.metadata.labels),
    ...validatePodSpec(pod.spec, 'spec', ['Always', 'OnFailure', 'Never']),
  ],
  validateUpdate: (pod, before) => [
    ...checkLabels('metadata.labels', pod.metadata.labels),
    ...validatePodSpec(pod.spec, 'spec', ['Always', 'OnFailure', 'Never']),
    ...lostTolerations(pod.spec, before.spec),
    ...newGates(pod.spec, before.spec),
    ...(isEqual(fixedPart(pod.spec), fixedPart(before.spec)) ? [] : [forbidden('spec', fixed)]),
  ],
  gracePeriod(pod, requested) {
    // Sin nodo no hay kubelet que espere a nadie: se borra ya.
    if (!pod.spec?.nodeName || pod.status?.phase === 'Failed' || pod.status?.phase === 'Succeeded') return 0;
    return requested ?? pod.spec.terminationGracePeriodSeconds ?? 30;
  },
});

/** Lo que no se puede cambiar en un Pod vivo. Sigue a ValidatePodUpdate. */
const fixedPart = (spec: PodSpec | undefined) => ({
  ...spec,
  containers: (spec?.containers ?? []).map(({ image: _image, ...rest }) => rest),
  initContainers: (spec?.initContainers ?? []).map(({ image: _image, ...rest }) => rest),
  activeDeadlineSeconds: undefined,
  tolerations: undefined,
  schedulingGates: undefined,
});

function lostTolerations(after: PodSpec | undefined, before: PodSpec | undefined): FieldError[] {
  const same = ({ tolerationSeconds: _seconds, ...rest }: Toleration) => rest;
  const isKept = (before?.tolerations ?? []).every((old) => (after?.tolerations ?? []).some((toleration) => isEqual(same(toleration), same(old))));
  return isKept ? [] : [forbidden('spec.tolerations', 'existing toleration can not be modified except its tolerationSeconds')];
}

/** Quitar puertas es justo para lo que están; añadirlas, no. */
const newGates = (after: PodSpec | undefined, before: PodSpec | undefined): FieldError[] =>
  (after?.schedulingGates ?? [])
    .filter(({ name }) => !before?.schedulingGates?.some((gate) => gate.name === name))
    .map(({ name }) => forbidden('spec.schedulingGates', `only deletion is allowed, but found new scheduling gate '${name}'`));

/** Admisión ServiceAccount. La cuenta `default` la pone un controlador: nadie se queda fuera por haber llegado antes. */
function requireAccount({ metadata }: Pod, spec: PodSpec, store: World['store']): void {
  const { namespace = '', name = '' } = metadata;
  const account = spec.serviceAccountName ?? 'default';
  if (account === 'default' || store.collection('serviceaccounts').get(namespace, account)) return;
  const message = `pods ${JSON.stringify(name)} is forbidden: error looking up service account ${namespace}/${account}: serviceaccount ${JSON.stringify(account)} not found`;
  throw new ApiError(403, 'Forbidden', message, { name, kind: 'pods' });
}

/** Las dos que todo clúster trae. */
const systemPriorities: Readonly<Record<string, number>> = { 'system-cluster-critical': 2_000_000_000, 'system-node-critical': 2_000_001_000 };

/** Admisión Priority. */
function priorityOf({ metadata }: Pod, spec: PodSpec, store: World['store']): Partial<PodSpec> {
  const classes = store.collection<PriorityClass>('scheduling.k8s.io/priorityclasses');
  const asked = spec.priorityClassName;
  const chosen = asked ? classes.get('', asked) : [...classes.list()].find(({ globalDefault }) => globalDefault);
  const system = asked ? systemPriorities[asked] : undefined;
  if (asked && !chosen && system === undefined) {
    const name = metadata.name ?? '';
    throw new ApiError(403, 'Forbidden', `pods ${JSON.stringify(name)} is forbidden: no PriorityClass with name ${asked} was found`, { name, kind: 'pods' });
  }
  return {
    ...(chosen ? { priorityClassName: chosen.metadata.name ?? '' } : {}),
    priority: chosen?.value ?? system ?? spec.priority ?? 0,
    preemptionPolicy: (chosen?.preemptionPolicy ?? spec.preemptionPolicy ?? 'PreemptLowerPriority') as NonNullable<PodSpec['preemptionPolicy']>,
  };
}

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
