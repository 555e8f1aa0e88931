import type { DaemonSet, Deployment, PersistentVolumeClaim, ReplicaSet, StatefulSet } from '../../schema/types.generated.ts';
import { isEqual } from '../equal.ts';
import type { Strategy } from '../registry.ts';
import { forbidden, required } from './field-errors.ts';
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
        ...spec,
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
    ...immutable('spec.selector', after.spec?.selector, before.spec?.selector),
    ...validateWorkload(after.metadata.name ?? '', after.spec),
    ...validateStrategy(after.spec),
  ],
};

function validateStrategy(spec: Deployment['spec']) {
  const { maxSurge, maxUnavailable } = spec?.strategy?.rollingUpdate ?? {};
  const isZero = (value: unknown) => value === 0 || value === '0%' || value === '0';
  if (spec?.strategy?.type === 'Recreate' && spec.strategy.rollingUpdate)
    return [forbidden('spec.strategy.rollingUpdate', "may not be specified when strategy `type` is 'Recreate'")];
  return isZero(maxSurge) && isZero(maxUnavailable)
    ? [
        {
          type: 'FieldValueInvalid' as const,
          field: 'spec.strategy.rollingUpdate.maxUnavailable',
          message: `Invalid value: ${JSON.stringify(maxUnavailable)}: may not be 0 when \`maxSurge\` is 0`,
        },
      ]
    : [];
}

export const replicaSetStrategy: Strategy<ReplicaSet> = {
  setDefaults: (set) =>
    set.spec ? { ...set, spec: { ...set.spec, replicas: set.spec.replicas ?? 1, template: templateDefaults(set.spec.template ?? {}) } } : set,
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
        ...spec,
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
  validateCreate: ({ metadata, spec }) => validateWorkload(metadata.name ?? '', spec),
  validateUpdate(after, before) {
    const mutable = ['replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy', 'minReadySeconds'];
    const rest = (set: StatefulSet) => Object.fromEntries(Object.entries(set.spec ?? {}).filter(([key]) => !mutable.includes(key)));
    const errors = validateWorkload(after.metadata.name ?? '', after.spec);
    if (isEqual(rest(after), rest(before))) return errors;
    return [
      ...errors,
      forbidden(
        'spec',
        "updates to statefulset spec for fields other than 'replicas', 'ordinals', 'template', 'updateStrategy', 'revisionHistoryLimit', 'persistentVolumeClaimRetentionPolicy' and 'minReadySeconds' are forbidden",
      ),
    ];
  },
};

export const daemonSetStrategy: Strategy<DaemonSet> = {
  setDefaults({ spec, ...rest }) {
    if (!spec) return { spec, ...rest } as DaemonSet;
    const isRolling = (spec.updateStrategy?.type ?? 'RollingUpdate') === 'RollingUpdate';
    return {
      ...rest,
      spec: {
        ...spec,
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
  prepareForCreate: (object) => ({ ...object, status: { currentNumberScheduled: 0, numberMisscheduled: 0, desiredNumberScheduled: 0, numberReady: 0 } }),
  validateCreate: ({ metadata, spec }) => (spec ? validateWorkload(metadata.name ?? '', spec) : [required('spec')]),
  validateUpdate: (after, before) => [
    ...immutable('spec.selector', after.spec?.selector, before.spec?.selector),
    ...validateWorkload(after.metadata.name ?? '', after.spec),
  ],
};
