import type { Raw } from '../site.ts';
import type { Track } from './view.ts';

export const claimTracks = ({ spec = {}, status = {}, metadata }: Raw): Record<string, Track> => ({
  fase: status.phase ?? '',
  volumen: spec.volumeName ?? 'ninguno',
  clase: spec.storageClassName ?? 'ninguna',
  pide: spec.resources?.requests?.storage ?? '',
  'nodo elegido': metadata.annotations?.['volume.kubernetes.io/selected-node'] ?? 'ninguno',
  modos: (spec.accessModes ?? []).join(','),
});

export const volumeTracks = ({ spec = {}, status = {} }: Raw): Record<string, Track> => ({
  fase: status.phase ?? '',
  para: spec.claimRef?.name ?? 'nadie',
  política: spec.persistentVolumeReclaimPolicy ?? '',
});
