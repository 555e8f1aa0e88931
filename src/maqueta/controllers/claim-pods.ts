import { controllerOf, type KubeObject } from '../object.ts';
import { compileSelector } from '../scheduler/label-matcher.ts';
import type { LabelSelector, Pod } from '../schema/types.generated.ts';
import type { Collection, Index } from '../store/store.ts';
import type { World } from '../world.ts';
import { ownerReference } from './pods.ts';

type Controller = KubeObject & { spec?: { selector: LabelSelector } };

/**
 * Los Pods de un controlador: adopta los que no son de nadie y casan con su selector, y suelta los suyos que ya no casan.
 * Sigue a pkg/controller/controller_ref_manager.go (ClaimPods).
 */
export function claimPods(
  { registry }: Pick<World, 'registry'>,
  byController: Index<Pod>,
  owner: Controller,
  { isMember = () => true, canAdopt = () => true }: { isMember?: (pod: Pod) => boolean; canAdopt?: (pod: Pod) => boolean } = {},
): Pod[] {
  const { uid = '', namespace, deletionTimestamp } = owner.metadata;
  const matcher = compileSelector(owner.spec?.selector);
  const belongs = (pod: Pod) => matcher.matches(pod.metadata.labels ?? {}) && isMember(pod);
  if (!deletionTimestamp) {
    // Los que no tienen dueño están juntos en el índice: recorrer el espacio entero en cada vuelta sería caro.
    for (const pod of [...byController.get('')]) {
      if (pod.metadata.namespace !== namespace || pod.metadata.deletionTimestamp || !canAdopt(pod) || !belongs(pod)) continue;
      setOwners(registry, pod, [...(pod.metadata.ownerReferences ?? []), ownerReference(owner)]);
    }
    for (const pod of [...byController.get(uid)]) {
      if (pod.metadata.deletionTimestamp || belongs(pod)) continue;
      setOwners(
        registry,
        pod,
        (pod.metadata.ownerReferences ?? []).filter((reference) => reference.uid !== uid),
      );
    }
  }
  return [...byController.get(uid)];
}

const setOwners = (registry: World['registry'], pod: Pod, ownerReferences: NonNullable<Pod['metadata']['ownerReferences']>) =>
  registry.update<Pod>('pods', { ...pod, metadata: { ...pod.metadata, ownerReferences } });

/**
 * Avisa al controlador de cada Pod que cambia, al que lo tenía antes y, si el Pod no es de nadie, a los que lo querrían.
 * Sigue a los manejadores addPod, updatePod y deletePod de replica_set.go.
 */
export function watchOwnedPods<T extends Controller>(pods: Collection<Pod>, owners: Collection<T>, kind: string, enqueue: (key: string) => void): void {
  pods.onChange(({ type, object, before }) => {
    const { namespace } = object.metadata;
    const owner = controllerOf(object);
    const last = before && controllerOf(before);
    if (last?.kind === kind && last.uid !== owner?.uid) enqueue(`${namespace}/${last.name}`);
    if (owner) {
      if (owner.kind === kind) enqueue(`${namespace}/${owner.name}`);
      return;
    }
    if (type === 'DELETED' || object.metadata.deletionTimestamp) return;
    if (before && before.metadata.labels === object.metadata.labels && !last) return;
    for (const set of owners.list(namespace)) {
      if (compileSelector(set.spec?.selector).matches(object.metadata.labels ?? {})) enqueue(`${namespace}/${set.metadata.name}`);
    }
  });
}
