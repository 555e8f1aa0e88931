import type { KindName } from './kinds.ts';
import type { Observation } from './observe.ts';
import { findRef, matchesLabels, type parseRef } from './refs.ts';
import type { Condition } from './scenario.ts';
import type { Raw } from './site.ts';
import { valueAt } from './value-at.ts';
import { endpointsOf } from './views/endpoint-slice.ts';
import { isPodReady, podStatusWord, restartsOf } from './views/pod-status-word.ts';

/** Qué falta para que se cumpla, en una frase; `undefined`, nada. */
export function missing(condition: Condition, seen: Observation): string | undefined {
  if ('of' in condition) return missingFields(condition.of, condition.is, seen);
  if ('pod' in condition) {
    const pod = findRef(seen, condition.pod);
    if (!pod) return `${condition.pod} no existe`;
    const word = podStatusWord(pod);
    if (word !== condition.status) return `${condition.pod} está ${word} y se espera ${condition.status}`;
    if (condition.restarts !== undefined && restartsOf(pod) !== condition.restarts)
      return `${condition.pod} lleva ${restartsOf(pod)} reinicios y se esperan ${condition.restarts}`;
    return undefined;
  }
  if ('pods' in condition) {
    const pods = seen.of('Pod').filter((pod) => matchesLabels(pod, condition.pods));
    const ready = pods.filter((pod) => !pod.metadata.deletionTimestamp && isPodReady(pod)).length;
    if (pods.length !== condition.total) return `hay ${pods.length} Pods con ${condition.pods} y se esperan ${condition.total}`;
    if (condition.ready !== undefined && ready !== condition.ready) return `hay ${ready} Pods listos con ${condition.pods} y se esperan ${condition.ready}`;
    return undefined;
  }
  if ('count' in condition) {
    const found = seen.of(condition.count).filter((object) => !condition.labels || matchesLabels(object, condition.labels)).length;
    return found === condition.equals ? undefined : `hay ${found} ${condition.count} y se esperan ${condition.equals}`;
  }
  if ('gone' in condition) return findRef(seen, condition.gone, true) ? `${condition.gone} sigue ahí` : undefined;
  if ('exists' in condition) return findRef(seen, condition.exists) ? undefined : `${condition.exists} no existe`;
  if ('event' in condition) {
    const times = timesSeen(seen, condition.about, condition.event);
    return times >= (condition.times ?? 1) ? undefined : `el suceso ${condition.event} sobre ${condition.about} ha llegado ${times} veces`;
  }
  const endpoints = endpointsOf(seen.of('EndpointSlice'), condition.endpoints);
  const ready = endpoints.filter(({ conditions }) => conditions?.ready).length;
  if (ready !== condition.ready) return `${condition.endpoints} tiene ${ready} extremos listos y se esperan ${condition.ready}`;
  if (condition.total !== undefined && endpoints.length !== condition.total)
    return `${condition.endpoints} tiene ${endpoints.length} extremos y se esperan ${condition.total}`;
  return undefined;
}

function missingFields(
  ref: Condition extends never ? never : Parameters<typeof parseRef>[0],
  is: Readonly<Record<string, unknown>>,
  seen: Observation,
): string | undefined {
  const object = findRef(seen, ref);
  if (!object) return `${ref} no existe`;
  const observed = object.status?.observedGeneration;
  if (observed !== undefined && observed < object.metadata.generation) return `${ref}: su controlador no ha visto aún el último cambio`;
  for (const [path, expected] of Object.entries(is)) {
    const found = valueAt(object, path);
    if (JSON.stringify(found ?? null) !== JSON.stringify(expected))
      return `${ref}: ${path} es ${JSON.stringify(found ?? null)} y se espera ${JSON.stringify(expected)}`;
  }
  return undefined;
}

function timesSeen(seen: Observation, about: KindName, reason: string): number {
  return seen.log.filter(
    ({ step, kind, type, object }) =>
      kind === 'Event' && type !== 'DELETED' && step === seen.step && object.reason === reason && object.involvedObject?.kind === about,
  ).length;
}

export type { Raw };
