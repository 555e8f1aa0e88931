import type { Raw } from '../site.ts';
import type { Track } from './view.ts';

const annotated = [
  'deployment.kubernetes.io/revision',
  'deployment.kubernetes.io/desired-replicas',
  'deployment.kubernetes.io/max-replicas',
  'deprecated.daemonset.template.generation',
];

/** Cuántos se están yendo a la vez depende de lo que tarde cada uno en irse. */
const fleeting: ReadonlySet<string> = new Set(['terminatingReplicas']);

/** Todo número de `status`, cada condición y la generación. Un campo que falta vale 0, como lo lee quien lo usa. */
export function workloadTracks({ spec = {}, status = {}, metadata }: Raw): Record<string, Track> {
  const tracks: Record<string, Track> = { generación: metadata.generation ?? 0, ...(spec.replicas === undefined ? {} : { 'spec.replicas': spec.replicas }) };
  for (const [field, value] of Object.entries(status)) {
    if (fleeting.has(field)) continue;
    if (typeof value === 'number') tracks[`status.${field}`] = value;
    else if (typeof value === 'string') tracks[`status.${field}`] = value;
  }
  for (const { type, status: is, reason, message } of status.conditions ?? []) {
    tracks[`condición ${type}`] = `${is} (${reason ?? ''}${message ? `: ${message}` : ''})`;
  }
  for (const name of annotated) {
    const value = metadata.annotations?.[name];
    if (value !== undefined) tracks[`anotación ${name.split('/').at(-1)}`] = value;
  }
  return tracks;
}
