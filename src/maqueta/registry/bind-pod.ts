import type { Node, Pod, PodCondition } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { ApiError } from './api-error.ts';
import { replaceCondition } from './replace-condition.ts';

const topologyLabels = ['topology.kubernetes.io/region', 'topology.kubernetes.io/zone'];

/**
 * Asigna un Pod a un nodo en un solo cambio: `spec.nodeName`, la condición PodScheduled y las etiquetas de zona del nodo.
 * Lo usan el planificador y el subrecurso `binding`. Lanza `ApiError` 404 si el Pod ya no está y 409 si no se puede asignar.
 */
// Sigue a kubernetes: pkg/registry/core/pod/storage/storage.go (setPodNodeAndMetadata) y plugin/pkg/admission/podtopologylabels.
export function bindPod({ store, clock }: Pick<World, 'store' | 'clock'>, pod: Pod, nodeName: string): Pod {
  const { namespace = '', name = '', uid } = pod.metadata;
  const current = store.collection<Pod>('pods').get(namespace, name);
  if (!current?.spec) throw new ApiError(404, 'NotFound', `pods "${name}" not found`, { name, kind: 'pods' });
  const conflict = (message: string) =>
    new ApiError(409, 'Conflict', `Operation cannot be fulfilled on pods/binding "${name}": ${message}`, { name, kind: 'pods/binding' });
  if (uid && uid !== current.metadata.uid) {
    throw conflict(`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${current.metadata.uid}`);
  }
  if (current.metadata.deletionTimestamp) throw conflict(`pod ${name} is being deleted, cannot be assigned to a host`);
  if (current.spec.nodeName) throw conflict(`pod ${name} is already assigned to node "${current.spec.nodeName}"`);
  if (current.spec.schedulingGates?.length) throw conflict(`pod ${name} has non-empty .spec.schedulingGates`);
  const scheduled: PodCondition = { type: 'PodScheduled', status: 'True', lastTransitionTime: timestamp(clock.now()) };
  const { nominatedNodeName: _nominated, conditions = [], ...status } = current.status ?? {};
  const labels = labelsFrom(store.collection<Node>('nodes').get('', nodeName));
  return store.put('pods', {
    ...current,
    metadata: labels ? { ...current.metadata, labels: { ...current.metadata.labels, ...labels } } : current.metadata,
    spec: { ...current.spec, nodeName },
    status: { ...status, conditions: replaceCondition(conditions, scheduled) },
  });
}

function labelsFrom(node: Node | undefined): Record<string, string> | undefined {
  const found = topologyLabels.flatMap((key) => (node?.metadata.labels?.[key] === undefined ? [] : [[key, node.metadata.labels[key]] as const]));
  return found.length > 0 ? Object.fromEntries(found) : undefined;
}
