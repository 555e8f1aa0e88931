import type { KubeObject } from './ports.ts';

/** Cómo se lee un objeto de la API en voz alta. Funciones puras sobre objetos ya leídos. */

/** Primeras cifras del UID, lo justo para distinguir dos Pods con el mismo nombre. */
export const shortUid = (object: KubeObject): string => `${object.metadata.uid.slice(0, 4)}…`;

/** Duración en milisegundos como la dice una persona: `9,8 s`, `2 min 3 s`. */
export function humanDuration(duration: number): string {
  if (duration < 60_000) return `${(duration / 1000).toFixed(1).replace('.', ',')} s`;
  const seconds = Math.round(duration / 1000);
  return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}

export const isReadyPod = (pod: KubeObject): boolean =>
  !pod.metadata.deletionTimestamp &&
  (pod.status?.conditions ?? []).some((condition: { type: string; status: string }) => condition.type === 'Ready' && condition.status === 'True');

/** El dueño con `controller: true`. */
export const controllerOf = (object: KubeObject) => object.metadata.ownerReferences?.find((owner) => owner.controller);

/** El que está ahora y no estaba antes, por UID: un nombre repetido no engaña. */
export function newcomer(now: readonly KubeObject[], before: readonly KubeObject[]): KubeObject {
  const known = new Set(before.map((object) => object.metadata.uid));
  const born = now.find((object) => !known.has(object.metadata.uid));
  if (!born) throw new Error('No hay ningún objeto nuevo: compruébalo antes con otherUid');
  return born;
}

export const nodeOf = (pod: KubeObject): string => pod.spec?.nodeName ?? '';

/** Cuántos Pods lleva cada nodo, por nombre de nodo. */
export function countByNode(pods: readonly KubeObject[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const pod of pods) counts.set(nodeOf(pod), (counts.get(nodeOf(pod)) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

/** Nodos que admiten un Pod sin tolerancias: sin taints que lo impidan y sin acordonar. */
export const openNodes = (nodes: readonly KubeObject[]): KubeObject[] =>
  nodes.filter((node) => !node.spec?.unschedulable && !(node.spec?.taints ?? []).some((taint: { effect: string }) => taint.effect !== 'PreferNoSchedule'));

/**
 * El primero por nombre que corre fuera del plano de control, con los `nodes` del clúster: el que se puede dejar sin nodo
 * sin quedarse sin API. Los de ordinal menor siguen vivos, así que su StatefulSet no espera por ellos.
 */
export const firstOnWorker = (pods: readonly KubeObject[], nodes: readonly KubeObject[]): KubeObject | undefined => {
  const workers = new Set(
    nodes.filter(({ metadata }) => metadata.labels?.['node-role.kubernetes.io/control-plane'] === undefined).map(({ metadata }) => metadata.name),
  );
  return pods.filter((pod) => workers.has(nodeOf(pod))).sort((a, b) => a.metadata.name.localeCompare(b.metadata.name))[0];
};

/** Direcciones listas de los EndpointSlices de un Service, ordenadas. */
export const readyAddresses = (slices: readonly KubeObject[]): string[] =>
  slices
    .flatMap((slice) => (slice.endpoints ?? []) as { addresses: string[]; conditions?: { ready?: boolean } }[])
    .filter((endpoint) => endpoint.conditions?.ready !== false)
    .flatMap((endpoint) => endpoint.addresses)
    .sort();

/** IP de los Pods que deben recibir tráfico, ordenadas. */
export const readyPodAddresses = (pods: readonly KubeObject[]): string[] =>
  pods
    .filter(isReadyPod)
    .map((pod) => String(pod.status?.podIP))
    .sort();

/** Imagen del primer contenedor de la plantilla o del Pod. */
export const imageOf = (object: KubeObject): string => (object.spec?.template?.spec ?? object.spec)?.containers?.[0]?.image ?? '';

/** Lo que contestó el Service en cada recarga: una línea JSON por petición en el registro del cliente. */
export interface Reload {
  n: number;
  pod?: string;
  version?: string;
  error?: string;
}

/** Lee el registro del cliente. Una línea a medias (el registro se corta donde se lee) no cuenta. */
export function reloadsIn(log: string): Reload[] {
  const reloads: Reload[] = [];
  for (const line of log.split('\n')) {
    if (!line.startsWith('{') || !line.endsWith('}')) continue;
    reloads.push(JSON.parse(line) as Reload);
  }
  return reloads;
}
