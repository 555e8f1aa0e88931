import { DaemonSet, Deployment, Namespace, PersistentVolumeClaim, Pod, ReplicaSet, Service, StatefulSet } from '../engine/kinds.ts';
import type { ClusterPort, Kind, KubeObject } from '../engine/ports.ts';
import { controllerOf, isReadyPod } from '../engine/reading.ts';
import { labLabel } from './apply.ts';

export interface NamespaceStatus {
  namespace: string;
  lab: string;
  createdAt: string;
  isTerminating: boolean;
  /** Qué hay dentro, en frases cortas: `StatefulSet datos 2/2`, `PVC 2 Bound`. */
  contents: string[];
}

/** Espacios creados por un laboratorio (o por cualquiera, sin `lab`), del más viejo al más nuevo. Solo lee. */
export async function labStatus(cluster: ClusterPort, lab?: string): Promise<NamespaceStatus[]> {
  const spaces = await labNamespaces(cluster, lab);
  return Promise.all(spaces.map(async (space) => describe(cluster, space)));
}

export async function labNamespaces(cluster: ClusterPort, lab?: string): Promise<KubeObject[]> {
  const { items } = await cluster.list({ ...Namespace, labels: lab === undefined ? labLabel : `${labLabel}=${lab}` });
  return items.sort((a, b) => a.metadata.creationTimestamp.localeCompare(b.metadata.creationTimestamp) || a.metadata.name.localeCompare(b.metadata.name));
}

async function describe(cluster: ClusterPort, space: KubeObject): Promise<NamespaceStatus> {
  const namespace = space.metadata.name;
  const inside = async (kind: Kind) => (await cluster.list({ ...kind, namespace })).items;
  const contents: string[] = [];
  for (const kind of [Deployment, StatefulSet, DaemonSet, ReplicaSet]) {
    // Lo que tiene dueño ya lo cuenta su dueño.
    for (const object of (await inside(kind)).filter((one) => !controllerOf(one))) contents.push(`${kind.kind} ${object.metadata.name} ${readyOf(object)}`);
  }
  const pods = await inside(Pod);
  if (pods.length > 0) contents.push(`Pods ${pods.filter(isReadyPod).length}/${pods.length} Ready`);
  const services = await inside(Service);
  if (services.length > 0) contents.push(`Services ${services.length}`);
  for (const [phase, count] of countBy(await inside(PersistentVolumeClaim), (claim) => claim.status?.phase ?? 'sin estado'))
    contents.push(`PVC ${count} ${phase}`);
  return {
    namespace,
    lab: space.metadata.labels?.[labLabel] ?? '',
    createdAt: space.metadata.creationTimestamp,
    isTerminating: space.metadata.deletionTimestamp !== undefined,
    contents,
  };
}

const readyOf = ({ kind, spec, status }: KubeObject) =>
  kind === 'DaemonSet' ? `${status?.numberReady ?? 0}/${status?.desiredNumberScheduled ?? 0}` : `${status?.readyReplicas ?? 0}/${spec?.replicas ?? 1}`;

function countBy(objects: readonly KubeObject[], keyOf: (object: KubeObject) => string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const object of objects) counts.set(keyOf(object), (counts.get(keyOf(object)) ?? 0) + 1);
  return counts;
}
