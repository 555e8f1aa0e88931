import type { DaemonSet, Deployment, IntOrString, PersistentVolumeClaim, ReplicaSet, StatefulSet } from '../../schema/types.generated.ts';
import { isEqual } from '../equal.ts';
import type { FieldError, Strategy } from '../registry.ts';
import { forbidden, invalid, required } from './field-errors.ts';
import { templateDefaults } from './pod-defaults.ts';
import { claimDefaults } from './storage.ts';
import { immutable, validateWorkload } from './workload-validation.ts';

// Sigue a pkg/apis/apps/v1/defaults.go y a pkg/registry/apps/*/strategy.go.

export const deploymentStrategy: Strategy<Deployment> = {
  setDefaults({ spec, ...rest }) {
    if (!spec) return { spec, ...rest } as Deployment;
    const isRolling = (spec.strategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
    return {
      ...rest,
      spec: {
        ...withoutZeros(spec),
        replicas: spec.replicas ?? 1,
        template: templateDefaults(spec.template),
        strategy: {
          ...spec.strategy,
          type: spec.strategy?.type ?? 'RollingUpdate',
          ...(isRolling
            ? {
                rollingUpdate: {
                  maxUnavailable: spec.strategy?.rollingUpdate?.maxUnavailable ?? '25%',
                  maxSurge: spec.strategy?.rollingUpdate?.maxSurge ?? '25%',
                },
              }
            : {}),
        },
        revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
        progressDeadlineSeconds: spec.progressDeadlineSeconds ?? 600,
      },
    };
  },
  prepareForCreate: (object) => ({ ...object, status: {} }),
  validateCreate: ({ metadata, spec }) => [...validateWorkload(metadata.name ?? '', spec), ...validateStrategy(spec)],
  validateUpdate: (after, before) => [
    ...validateWorkload(after.metadata.name ?? '', after.spec),
    ...validateStrategy(after.spec),
    ...immutable('spec.selector', after.spec?.selector, before.spec?.selector),
  ],
};

function validateStrategy(spec: Deployment['spec']): FieldError[] {
  const { strategy, progressDeadlineSeconds, minReadySeconds = 0 } = spec ?? {};
  const { maxSurge, maxUnavailable } = strategy?.rollingUpdate ?? {};
  const isZero = (value: unknown) => value === 0 || value === '0%' || value === '0';
  const at = 'spec.strategy.rollingUpdate';
  return [
    ...(strategy?.type === 'Recreate' && strategy.rollingUpdate ? [forbidden(at, "may not be specified when strategy `type` is 'Recreate'")] : []),
    ...(strategy?.type === 'Recreate' ? [] : [...checkAmount(`${at}.maxUnavailable`, maxUnavailable), ...checkAmount(`${at}.maxSurge`, maxSurge)]),
    ...(isZero(maxSurge) && isZero(maxUnavailable) ? [invalid(`${at}.maxUnavailable`, maxUnavailable, 'may not be 0 when `maxSurge` is 0')] : []),
    ...(progressDeadlineSeconds !== undefined && progressDeadlineSeconds <= minReadySeconds
      ? [invalid('spec.progressDeadlineSeconds', progressDeadlineSeconds, 'must be greater than minReadySeconds')]
      : []),
  ];
}

/** Un número o un porcentaje, y no negativo. Sigue a ValidatePositiveIntOrPercent. */
export function checkAmount(field: string, amount: IntOrString | undefined): FieldError[] {
  if (amount === undefined) return [];
  if (typeof amount === 'number') return amount < 0 ? [invalid(field, amount, 'must be greater than or equal to 0')] : [];
  const percent = "a valid percent string must be a numeric string followed by an ending '%' (e.g. '1%',  or '93%', regex used for validation is '[0-9]+%')";
  return /^[0-9]+%$/.test(amount) ? [] : [invalid(field, amount, percent)];
}

export const replicaSetStrategy: Strategy<ReplicaSet> = {
  setDefaults: (set) =>
    set.spec ? { ...set, spec: { ...withoutZeros(set.spec), replicas: set.spec.replicas ?? 1, template: templateDefaults(set.spec.template ?? {}) } } : set,
  prepareForCreate: (object) => ({ ...object, status: { replicas: 0 } }),
  validateCreate: ({ metadata, spec }) => validateWorkload(metadata.name ?? '', spec),
  validateUpdate: (after, before) => [
    ...immutable('spec.selector', after.spec?.selector, before.spec?.selector),
    ...validateWorkload(after.metadata.name ?? '', after.spec),
  ],
};

export const statefulSetStrategy: Strategy<StatefulSet> = {
  setDefaults({ spec, ...rest }) {
    if (!spec) return { spec, ...rest } as StatefulSet;
    const isRolling = (spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
    return {
      ...rest,
      spec: {
        ...withoutZeros(spec),
        replicas: spec.replicas ?? 1,
        serviceName: spec.serviceName ?? '',
        podManagementPolicy: spec.podManagementPolicy ?? 'OrderedReady',
        template: templateDefaults(spec.template),
        updateStrategy: {
          ...spec.updateStrategy,
          type: spec.updateStrategy?.type ?? 'RollingUpdate',
          ...(isRolling
            ? {
                rollingUpdate: {
                  ...spec.updateStrategy?.rollingUpdate,
                  partition: spec.updateStrategy?.rollingUpdate?.partition ?? 0,
                  maxUnavailable: spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1,
                },
              }
            : {}),
        },
        revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
        persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain', ...spec.persistentVolumeClaimRetentionPolicy },
        ...(spec.volumeClaimTemplates
          ? {
              volumeClaimTemplates: spec.volumeClaimTemplates.map((claim) => ({
                ...claimDefaults({ ...claim, apiVersion: 'v1', kind: 'PersistentVolumeClaim' } as PersistentVolumeClaim),
                status: { phase: 'Pending' as const },
              })),
            }
          : {}),
      },
    };
  },
  prepareForCreate: (object) => ({ ...object, status: { replicas: 0, availableReplicas: 0 } }),
  validateCreate: ({ metadata, spec }) => validateWorkload(metadata.name ?? '', spec, 'statefulset'),
  // Desde 1.36 cada campo inmutable se nombra; antes, un solo mensaje los juntaba todos.
  validateUpdate: (after, before) => [
    ...validateWorkload(after.metadata.name ?? '', after.spec, 'statefulset'),
    ...(['selector', 'volumeClaimTemplates', 'serviceName', 'podManagementPolicy'] as const).flatMap((field) =>
      immutable(`spec.${field}`, after.spec?.[field], before.spec?.[field]),
    ),
  ],
};

export const daemonSetStrategy: Strategy<DaemonSet> = {
  setDefaults({ spec, ...rest }) {
    if (!spec) return { spec, ...rest } as DaemonSet;
    const isRolling = (spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
    return {
      ...rest,
      spec: {
        ...withoutZeros(spec),
        template: templateDefaults(spec.template),
        updateStrategy: {
          ...spec.updateStrategy,
          type: spec.updateStrategy?.type ?? 'RollingUpdate',
          ...(isRolling
            ? {
                rollingUpdate: {
                  maxUnavailable: spec.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1,
                  maxSurge: spec.updateStrategy?.rollingUpdate?.maxSurge ?? 0,
                },
              }
            : {}),
        },
        revisionHistoryLimit: spec.revisionHistoryLimit ?? 10,
      },
    };
  },
  prepareForCreate: (object) => ({
    ...withTemplateGeneration(object, Math.max(1, templateGenerationOf(object))),
    status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 },
  }),
  prepareForUpdate(after, before) {
    const generation = templateGenerationOf(before);
    return withTemplateGeneration(after, isEqual(after.spec?.template, before.spec?.template) ? generation : generation + 1);
  },
  validateCreate: ({ metadata, spec }) => (spec ? validateWorkload(metadata.name ?? '', spec, 'daemonset') : [required('spec')]),
  validateUpdate: (after, before) => [
    ...immutable('spec.selector', after.spec?.selector, before.spec?.selector),
    ...validateWorkload(after.metadata.name ?? '', after.spec, 'daemonset'),
  ],
};

/** Cuántas veces ha cambiado la plantilla: un campo interno que la API enseña como anotación. Sigue a pkg/registry/apps/daemonset/strategy.go. */
const generationAnnotation = 'deprecated.daemonset.template.generation';
const templateGenerationOf = ({ metadata }: DaemonSet): number => Number.parseInt(metadata.annotations?.[generationAnnotation] ?? '', 10) || 0;
const withTemplateGeneration = (set: DaemonSet, generation: number): DaemonSet => ({
  ...set,
  metadata: { ...set.metadata, annotations: { ...set.metadata.annotations, [generationAnnotation]: String(generation) } },
});

/** En Go estos campos no distinguen no estar de valer cero: escribir el cero no es un cambio. */
function withoutZeros<T extends { paused?: boolean; minReadySeconds?: number }>({
  paused,
  minReadySeconds,
  ...spec
}: T): Omit<T, 'paused' | 'minReadySeconds'> & Pick<T, 'paused' | 'minReadySeconds'> {
  return { ...spec, ...(paused ? { paused } : {}), ...(minReadySeconds ? { minReadySeconds } : {}) } as T;
}
