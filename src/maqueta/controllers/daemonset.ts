import { controllerOf, nameOf, splitName } from '../object.ts';
import { requiredNodes } from '../scheduler/node-selection.ts';
import { toleratesAll } from '../scheduler/tolerations.ts';
import type { DaemonSet, Node, NodeSelectorTerm, Pod, PodSpec, Toleration } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { resolveAmount } from './int-or-string.ts';
import { isAvailable, isReady, podFromTemplate, podsByController } from './pods.ts';
import { createRevisions } from './revisions.ts';
import { createWorkQueue } from './work-queue.ts';

const source = { component: 'daemonset-controller' };

/** Un Pod por nodo que lo admita. Sigue a pkg/controller/daemon/{daemon_controller,update}.go. */
export function startDaemonSetController(world: World): void {
  const { store, registry, events, clock } = world;
  const sets = store.collection<DaemonSet>('apps/daemonsets');
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');
  const owned = podsByController(pods);
  const revisions = createRevisions(world, (hash) => ({ 'controller-revision-hash': hash }));
  const queue = createWorkQueue(clock, 10, reconcile);

  sets.onChange(({ object }) => queue.add(nameOf(object)));
  pods.onChange(({ object }) => {
    const owner = controllerOf(object);
    if (owner?.kind === 'DaemonSet') queue.add(`${object.metadata.namespace}/${owner.name}`);
  });
  nodes.onChange(({ type, object, before }) => {
    // El latido no importa; sí, que cambien sus taints, sus etiquetas o que esté acordonado.
    if (type === 'MODIFIED' && before && before.spec === object.spec && before.metadata.labels === object.metadata.labels) return;
    for (const set of sets.list()) queue.add(nameOf(set));
  });

  function reconcile(key: string): void {
    const { namespace, name } = splitName(key);
    const set = sets.get(namespace, name);
    if (!set?.spec) return;
    const { revision } = revisions.current(set);
    const hash = revision.metadata.labels?.['controller-revision-hash'] ?? '';
    if (!set.metadata.deletionTimestamp) {
      place(set, hash);
      if (set.spec.updateStrategy?.type !== 'OnDelete') roll(set, hash);
    }
    writeStatus(set, hash);
    const inUse = new Set([hash, ...[...owned.get(set.metadata.uid ?? '')].map(hashOf)].map((value) => `${name}-${value}`));
    revisions.cleanUp(set, inUse);
  }

  function podsByNode(set: DaemonSet): Map<string, Pod[]> {
    const byNode = new Map<string, Pod[]>();
    for (const pod of owned.get(set.metadata.uid ?? '')) {
      const node = targetNode(pod);
      byNode.set(node, [...(byNode.get(node) ?? []), pod]);
    }
    return byNode;
  }

  function place(set: DaemonSet, hash: string): void {
    const byNode = podsByNode(set);
    const probe = template(set, '').spec ?? { containers: [] };
    const maySurge = surgeOf(set) > 0;
    for (const node of nodes.list()) {
      const here = byNode.get(node.metadata.name ?? '') ?? [];
      byNode.delete(node.metadata.name ?? '');
      const { shouldRun, shouldContinue } = judge(node, probe);
      if (!shouldContinue) {
        for (const pod of here) remove(set, pod);
        continue;
      }
      const failed = here.filter((pod) => pod.status?.phase === 'Failed' && !pod.metadata.deletionTimestamp);
      for (const pod of failed) {
        events.record(set, 'Warning', 'FailedDaemonPod', `Found failed daemon pod ${nameOf(pod)} on node ${node.metadata.name}, will try to kill it`, source);
        remove(set, pod);
      }
      const alive = here.filter((pod) => !pod.metadata.deletionTimestamp && pod.status?.phase !== 'Failed');
      // Con maxSurge, el viejo se va cuando el nuevo ya está disponible; sin él, el nuevo espera a que el viejo no exista.
      if (shouldRun && alive.length === 0 && (here.length === 0 || (maySurge && failed.length === 0))) create(set, node.metadata.name ?? '', hash);
      const same = alive.filter((pod) => hashOf(pod) === hash);
      for (const pod of same.sort(byAge).slice(1)) remove(set, pod);
    }
    // Pods de nodos que ya no existen: los borra el recolector de Pods; aquí no hay nada que crear.
  }

  function roll(set: DaemonSet, hash: string): void {
    const desired = desiredNodes(set);
    const surge = surgeOf(set);
    const minReady = set.spec?.minReadySeconds ?? 0;
    const limit = surge > 0 ? 0 : Math.max(1, resolveAmount(set.spec?.updateStrategy?.rollingUpdate?.maxUnavailable ?? 1, desired.length, 'up'));
    const byNode = podsByNode(set);
    let unavailable = 0;
    let surging = 0;
    const candidates: Pod[] = [];
    const sick: Pod[] = [];
    const surgeable: string[] = [];
    for (const node of desired) {
      const here = (byNode.get(node) ?? []).filter((pod) => !pod.metadata.deletionTimestamp);
      const fresh = here.find((pod) => hashOf(pod) === hash);
      const old = here.find((pod) => hashOf(pod) !== hash);
      const isFreshAvailable = fresh !== undefined && available(set, fresh, minReady);
      if (surge > 0) {
        if (old && fresh) {
          if (isFreshAvailable) candidates.push(old);
          else surging += 1;
        } else if (old) surgeable.push(node);
        continue;
      }
      if (fresh ? !isFreshAvailable : !old || !available(set, old, minReady)) unavailable += 1;
      if (old && !fresh) (available(set, old, minReady) ? candidates : sick).push(old);
    }
    if (surge > 0) {
      for (const pod of candidates) remove(set, pod);
      for (const node of surgeable.slice(0, Math.max(0, surge - surging))) create(set, node, hash);
      return;
    }
    // Los viejos que ya no estaban disponibles no gastan presupuesto.
    for (const pod of sick) remove(set, pod);
    for (const pod of candidates.slice(0, Math.max(0, limit - unavailable))) remove(set, pod);
  }

  const available = (set: DaemonSet, pod: Pod, minReady: number): boolean => {
    if (isAvailable(pod, minReady, clock.now())) return true;
    if (isReady(pod)) queue.addAfter(nameOf(set), minReady * 1000);
    return false;
  };

  const desiredNodes = (set: DaemonSet): string[] => {
    const probe = template(set, '').spec ?? { containers: [] };
    return [...nodes.list()].filter((node) => judge(node, probe).shouldRun).map((node) => node.metadata.name ?? '');
  };

  const surgeOf = (set: DaemonSet): number => resolveAmount(set.spec?.updateStrategy?.rollingUpdate?.maxSurge ?? 0, Math.max(1, nodes.size), 'up');

  function create(set: DaemonSet, node: string, hash: string): void {
    const draft = template(set, node);
    const pod = registry.create<Pod>('pods', {
      ...draft,
      metadata: {
        ...draft.metadata,
        generateName: `${set.metadata.name}-`,
        labels: { ...draft.metadata.labels, 'controller-revision-hash': hash, 'pod-template-generation': String(set.metadata.generation ?? 1) },
      },
    });
    events.record(set, 'Normal', 'SuccessfulCreate', `Created pod: ${pod.metadata.name}`, source);
  }

  function remove(set: DaemonSet, pod: Pod): void {
    if (pod.metadata.deletionTimestamp) return;
    registry.delete('pods', pod.metadata.namespace ?? '', pod.metadata.name ?? '', { preconditions: { uid: pod.metadata.uid ?? '' } });
    events.record(set, 'Normal', 'SuccessfulDelete', `Deleted pod: ${pod.metadata.name}`, source);
  }

  function writeStatus(given: DaemonSet, hash: string): void {
    const set = sets.get(given.metadata.namespace ?? '', given.metadata.name ?? '');
    if (!set) return;
    const byNode = podsByNode(set);
    const desired = new Set(desiredNodes(set));
    const status = { current: 0, misscheduled: 0, ready: 0, updated: 0, available: 0 };
    for (const [node, here] of byNode) {
      const [pod] = here.filter(({ metadata }) => !metadata.deletionTimestamp).sort(byAge);
      if (!desired.has(node)) {
        if (pod) status.misscheduled += 1;
        continue;
      }
      if (!pod) continue;
      status.current += 1;
      if (isReady(pod)) status.ready += 1;
      if (isAvailable(pod, set.spec?.minReadySeconds ?? 0, clock.now())) status.available += 1;
      if (here.some((each) => hashOf(each) === hash && !each.metadata.deletionTimestamp)) status.updated += 1;
    }
    registry.updateStatus<DaemonSet>('apps/daemonsets', {
      ...set,
      status: {
        currentNumberScheduled: status.current,
        numberMisscheduled: status.misscheduled,
        desiredNumberScheduled: desired.size,
        numberReady: status.ready,
        observedGeneration: set.metadata.generation ?? 1,
        ...(status.updated > 0 ? { updatedNumberScheduled: status.updated } : {}),
        ...(status.available > 0 ? { numberAvailable: status.available } : {}),
        ...(desired.size > status.available ? { numberUnavailable: desired.size - status.available } : {}),
      },
    });
  }
}

const hashOf = (pod: Pod): string => pod.metadata.labels?.['controller-revision-hash'] ?? '';

const byAge = (a: Pod, b: Pod): number =>
  (a.metadata.creationTimestamp ?? '').localeCompare(b.metadata.creationTimestamp ?? '') || (a.metadata.uid ?? '').localeCompare(b.metadata.uid ?? '');

/** El nodo para el que nació, aunque aún no lo hayan asignado. Sigue a daemon/util: GetTargetNodeName. */
function targetNode(pod: Pod): string {
  if (pod.spec?.nodeName) return pod.spec.nodeName;
  const terms = pod.spec?.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms ?? [];
  return terms.flatMap(({ matchFields = [] }) => matchFields).find(({ key }) => key === 'metadata.name')?.values?.[0] ?? '';
}

/** Sigue a daemon_controller.go: NodeShouldRunDaemonPod. */
function judge(node: Node, spec: PodSpec): { shouldRun: boolean; shouldContinue: boolean } {
  const fits = requiredNodes(spec)?.({ name: node.metadata.name ?? '', labels: node.metadata.labels ?? {} }) ?? true;
  if (!fits || (spec.nodeName && spec.nodeName !== node.metadata.name)) return { shouldRun: false, shouldContinue: false };
  const taints = [
    ...(node.spec?.taints ?? []),
    ...(node.spec?.unschedulable ? [{ key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' as const }] : []),
  ];
  const tolerations = spec.tolerations ?? [];
  return {
    shouldRun: toleratesAll(
      taints.filter(({ effect }) => effect !== 'PreferNoSchedule'),
      tolerations,
    ),
    shouldContinue: toleratesAll(
      taints.filter(({ effect }) => effect === 'NoExecute'),
      tolerations,
    ),
  };
}

/** La plantilla con las tolerancias propias de un DaemonSet y, si se dice nodo, atada a él. Sigue a daemonset_util.go. */
function template(set: DaemonSet, node: string): Pod {
  const draft = podFromTemplate(set.spec?.template ?? {}, set, set.metadata.namespace ?? '');
  const spec = draft.spec ?? { containers: [] };
  const own: Toleration[] = [
    { key: 'node.kubernetes.io/not-ready', operator: 'Exists', effect: 'NoExecute' },
    { key: 'node.kubernetes.io/unreachable', operator: 'Exists', effect: 'NoExecute' },
    { key: 'node.kubernetes.io/disk-pressure', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/memory-pressure', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/pid-pressure', operator: 'Exists', effect: 'NoSchedule' },
    { key: 'node.kubernetes.io/unschedulable', operator: 'Exists', effect: 'NoSchedule' },
    ...(spec.hostNetwork ? [{ key: 'node.kubernetes.io/network-unavailable', operator: 'Exists', effect: 'NoSchedule' } as Toleration] : []),
  ];
  const tolerations = [...(spec.tolerations ?? []).filter((given) => !own.some(({ key, effect }) => key === given.key && effect === given.effect)), ...own];
  if (!node) return { ...draft, spec: { ...spec, tolerations } };
  const here = [{ key: 'metadata.name', operator: 'In' as const, values: [node] }];
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution?.nodeSelectorTerms;
  const nodeSelectorTerms: NodeSelectorTerm[] = required?.length ? required.map((term) => ({ ...term, matchFields: here })) : [{ matchFields: here }];
  const nodeAffinity = { ...spec.affinity?.nodeAffinity, requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms } };
  return { ...draft, spec: { ...spec, tolerations, affinity: { ...spec.affinity, nodeAffinity } } };
}
