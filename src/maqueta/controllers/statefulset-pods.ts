import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet } from '../schema/types.generated.ts';
import { isAvailable, isReady, podFromTemplate } from './pods.ts';
import { claimName } from './statefulset-claims.ts';

/** Identidad y salud de cada réplica. Sigue a pkg/controller/statefulset/stateful_set_utils.go. */

const podNameLabel = 'statefulset.kubernetes.io/pod-name';
const indexLabel = 'apps.kubernetes.io/pod-index';
const revisionLabel = 'controller-revision-hash';

/** Ordinal de un Pod que se llama como los de este StatefulSet. */
export const ordinalOf = (set: StatefulSet, pod: Pod): number | undefined => {
  const match = /^(.*)-(\d+)$/.exec(pod.metadata.name ?? '');
  return match && match[1] === set.metadata.name ? Number(match[2]) : undefined;
};

export const firstOrdinal = ({ spec }: StatefulSet): number => spec?.ordinals?.start ?? 0;

export const isInRange = (set: StatefulSet, ordinal: number): boolean =>
  ordinal >= firstOrdinal(set) && ordinal < firstOrdinal(set) + (set.spec?.replicas ?? 1);

export const revisionOf = (pod: Pod): string => pod.metadata.labels?.[revisionLabel] ?? '';

export const isOrdered = ({ spec }: StatefulSet): boolean => spec?.podManagementPolicy !== 'Parallel';

export const isRunningAndReady = (pod: Pod): boolean => pod.status?.phase === 'Running' && isReady(pod);

export const isRunningAndAvailable = (set: StatefulSet, pod: Pod, now: number): boolean =>
  isRunningAndReady(pod) && isAvailable(pod, set.spec?.minReadySeconds ?? 0, now);

export const isUnavailable = (set: StatefulSet, pod: Pod, now: number): boolean =>
  pod.metadata.deletionTimestamp !== undefined || !isRunningAndAvailable(set, pod, now);

/** Qué versión le toca a una réplica que nace: por debajo de la partición, la que había. Sigue a isCurrentRevisionNeeded. */
export function isOldNeeded(set: StatefulSet, ordinal: number): boolean {
  if (set.spec?.updateStrategy?.type !== 'RollingUpdate') return false;
  const partition = set.spec.updateStrategy.rollingUpdate?.partition;
  return ordinal < firstOrdinal(set) + (partition ?? set.status?.currentReplicas ?? 0);
}

const identityLabels = (name: string, ordinal: number) => ({ [podNameLabel]: name, [indexLabel]: String(ordinal) });

/** El Pod con sus etiquetas de identidad repuestas, o `undefined` si ya las tiene. Sigue a identityMatches y updateIdentity. */
export function repairedIdentity(set: StatefulSet, pod: Pod): Pod | undefined {
  const labels = identityLabels(pod.metadata.name ?? '', ordinalOf(set, pod) ?? 0);
  if (Object.entries(labels).every(([key, value]) => pod.metadata.labels?.[key] === value)) return undefined;
  return { ...pod, metadata: { ...pod.metadata, labels: { ...pod.metadata.labels, ...labels } } };
}

export function newStatefulPod(set: StatefulSet, template: PodTemplateSpec, revision: ControllerRevision, ordinal: number): Pod {
  const draft = podFromTemplate(template, set, set.metadata.namespace ?? '');
  const name = `${set.metadata.name}-${ordinal}`;
  const claims = set.spec?.volumeClaimTemplates ?? [];
  const claimed = new Set(claims.map(({ metadata }) => metadata.name));
  const volumes = [
    ...claims.map((claim) => ({ name: claim.metadata.name ?? '', persistentVolumeClaim: { claimName: claimName(set, claim, ordinal) } })),
    ...(draft.spec?.volumes ?? []).filter((volume) => !claimed.has(volume.name)),
  ];
  return {
    ...draft,
    metadata: {
      ...draft.metadata,
      name,
      labels: { ...draft.metadata.labels, ...identityLabels(name, ordinal), [revisionLabel]: revision.metadata.name ?? '' },
    },
    ...(draft.spec
      ? {
          spec: {
            ...draft.spec,
            hostname: name,
            ...(set.spec?.serviceName ? { subdomain: set.spec.serviceName } : {}),
            ...(volumes.length > 0 ? { volumes } : {}),
          },
        }
      : {}),
  };
}
