import type { PersistentVolumeClaim, Pod, PodTemplateSpec, StatefulSet } from '../schema/types.generated.ts';
import { ownerReference, podFromTemplate } from './pods.ts';

/** Identidad y disco de cada réplica. Sigue a pkg/controller/statefulset/stateful_set_utils.go. */

export const ordinalOf = (set: StatefulSet, pod: Pod): number | undefined => {
  const match = /^(.*)-(\d+)$/.exec(pod.metadata.name ?? '');
  return match && match[1] === set.metadata.name ? Number(match[2]) : undefined;
};

export const revisionOf = (pod: Pod): string => pod.metadata.labels?.['controller-revision-hash'] ?? '';

export const claimName = (set: StatefulSet, template: PersistentVolumeClaim, ordinal: number): string =>
  `${template.metadata.name}-${set.metadata.name}-${ordinal}`;

export function newStatefulPod(set: StatefulSet, template: PodTemplateSpec, revision: string, ordinal: number): Pod {
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
      labels: {
        ...draft.metadata.labels,
        'statefulset.kubernetes.io/pod-name': name,
        'apps.kubernetes.io/pod-index': String(ordinal),
        'controller-revision-hash': revision,
      },
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

export function newClaim(set: StatefulSet, template: PersistentVolumeClaim, ordinal: number): PersistentVolumeClaim {
  return {
    apiVersion: 'v1',
    kind: 'PersistentVolumeClaim',
    metadata: {
      ...template.metadata,
      name: claimName(set, template, ordinal),
      namespace: set.metadata.namespace ?? '',
      labels: { ...template.metadata.labels, ...set.spec?.selector?.matchLabels },
    },
    ...(template.spec ? { spec: template.spec } : {}),
  };
}

type Owner = ReturnType<typeof ownerReference>;

/** Dueños que debe tener un PVC según persistentVolumeClaimRetentionPolicy. `pod` es quien lo usa si sobra por reducción. */
export function claimOwners(set: StatefulSet, pod: Pod | undefined, isCondemned: boolean, before: readonly Owner[]): Owner[] {
  const { whenDeleted = 'Retain', whenScaled = 'Retain' } = set.spec?.persistentVolumeClaimRetentionPolicy ?? {};
  const others = before.filter(({ kind, uid }) => !(kind === 'StatefulSet' && uid === set.metadata.uid) && kind !== 'Pod');
  const bySet = whenDeleted === 'Delete' && !(isCondemned && whenScaled === 'Delete');
  const byPod = isCondemned && whenScaled === 'Delete' && pod;
  const plain = (owner: Owner): Owner => ({ ...owner, controller: owner.kind === 'StatefulSet' });
  return [...others, ...(bySet ? [plain(ownerReference(set))] : []), ...(byPod ? [plain(ownerReference(pod))] : [])];
}
