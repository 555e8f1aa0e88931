import type { KindName } from '../kinds.ts';
import type { Raw } from '../site.ts';
import { claimTracks, volumeTracks } from './claim.ts';
import { endpointViews } from './endpoint-slice.ts';
import { podTracks } from './pod.ts';
import type { Track, View } from './view.ts';
import { workloadTracks } from './workload.ts';

const tracksByKind: Partial<Record<KindName, (object: Raw) => Record<string, Track>>> = {
  Pod: podTracks,
  Deployment: workloadTracks,
  ReplicaSet: workloadTracks,
  StatefulSet: workloadTracks,
  DaemonSet: workloadTracks,
  PodDisruptionBudget: workloadTracks,
  PersistentVolumeClaim: claimTracks,
  PersistentVolume: volumeTracks,
  Namespace: ({ status }) => ({
    fase: status?.phase ?? '',
    ...Object.fromEntries((status?.conditions ?? []).map((one: Raw) => [`condición ${one.type}`, `${one.status} (${one.reason})`])),
  }),
  ControllerRevision: ({ revision }) => ({ revisión: String(revision) }),
  Service: ({ spec }) => ({ ClusterIP: spec?.clusterIP ?? '—' }),
};

/** Lo que de un objeto deja traza. */
export function viewOf(kind: KindName, object: Raw): View[] {
  const own: View = { part: '', label: '', tracks: { ...commonTracks(object), ...tracksByKind[kind]?.(object) } };
  return kind === 'EndpointSlice' ? [own, ...endpointViews(object)] : [own];
}

function commonTracks({ metadata }: Raw): Record<string, Track> {
  const owner = metadata.ownerReferences?.find((one: Raw) => one.controller) ?? metadata.ownerReferences?.[0];
  return {
    ...(owner ? { dueño: `${owner.kind} ${owner.name}${owner.controller ? '' : ' (sin mandar)'}` } : { dueño: 'nadie' }),
    ...(metadata.finalizers?.length ? { finalizadores: [...metadata.finalizers].sort().join(', ') } : { finalizadores: 'ninguno' }),
    borrado: metadata.deletionTimestamp
      ? `pedido${metadata.deletionGracePeriodSeconds === undefined ? '' : ` (gracia ${metadata.deletionGracePeriodSeconds} s)`}`
      : 'no',
    etiquetas: labelsText(metadata.labels),
  };
}

const labelsText = (labels: Record<string, string> | undefined): string =>
  Object.entries(labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(',') || 'ninguna';
