import { nameOf } from '../object.ts';
import { isEqual } from '../registry/equal.ts';
import type { Node, Pod, StorageClass } from '../schema/types.generated.ts';
import type { PodInfo } from './pod-info.ts';
import type { SchedulerParts } from './schedule-one.ts';
import { arrivalHelps, arrivalPlugins, departureHelps, departurePlugins, type NodeFacts, nodeChangeHelps, nodePlugins } from './wake-rules.ts';

const ours = 'default-scheduler';

/** Mantiene al día la caché y la cola con lo que cambia en el clúster. */
// Sigue a kube-scheduler: eventhandlers.go.
export function watchCluster({ world, cluster, queue, nominations, volumes, context, pods: reader }: SchedulerParts): void {
  const { store } = world;
  const pods = store.collection<Pod>('pods');
  const nodes = store.collection<Node>('nodes');

  const wake = (plugins: readonly string[], canHelp: (pod: PodInfo, rejectedBy: ReadonlySet<string>) => boolean) => {
    queue.wake(plugins, (queued) => {
      const pod = pods.get(queued.namespace, queued.name);
      return pod !== undefined && canHelp(reader.read(pod), queued.rejectedBy);
    });
  };

  const forget = (uid: string) => {
    queue.forget(uid);
    volumes.cancel(uid);
    nominations.clear(uid);
    reader.forget(uid);
    const gone = cluster.remove(uid);
    if (gone) wake(departurePlugins, (pod, plugins) => departureHelps(pod, plugins, gone, context.namespaceLabels));
  };

  const place = (pod: Pod, nodeName: string, before: Pod | undefined) => {
    const known = cluster.placed(pod.metadata.uid ?? '');
    const info = reader.read(pod);
    queue.forget(info.uid);
    cluster.place(info, nodeName);
    // El que acaba de asignar el planificador ya contaba en su nodo, pero para los demás llega ahora.
    const isArrival = !before?.spec?.nodeName;
    if (!isArrival && known && isEqual(known.labels, info.labels)) return;
    wake(arrivalPlugins, (other, plugins) => arrivalHelps(other, plugins, info, context.namespaceLabels));
    if (known && !isArrival) wake(departurePlugins, (other, plugins) => departureHelps(other, plugins, known, context.namespaceLabels));
  };

  const enqueue = (pod: Pod, before: Pod | undefined) => {
    const { uid = '', namespace = '', name = '' } = pod.metadata;
    if ((pod.spec?.schedulerName ?? ours) !== ours || pod.spec?.schedulingGates?.length || volumes.isWaiting(uid)) return;
    if (!queue.get(uid)) return queue.add({ uid, namespace, name, priority: reader.read(pod).priority });
    if (before && isEqual(before.spec, pod.spec) && isEqual(before.metadata.labels, pod.metadata.labels)) return;
    queue.wakeOne(uid);
  };

  const onPod = (pod: Pod, before: Pod | undefined) => {
    const { phase } = pod.status ?? {};
    const nodeName = pod.spec?.nodeName;
    if (phase === 'Succeeded' || phase === 'Failed') {
      if (cluster.nodeOf(pod.metadata.uid ?? '') || !nodeName) forget(pod.metadata.uid ?? '');
      return;
    }
    const isSame =
      before?.spec === pod.spec && before?.metadata.labels === pod.metadata.labels && before?.metadata.deletionTimestamp === pod.metadata.deletionTimestamp;
    // Casi todo cambio de un Pod es de su estado, que aquí no importa.
    if (isSame) return;
    if (nodeName) place(pod, nodeName, before);
    else enqueue(pod, before);
  };

  const onNode = (node: Node, before: Node | undefined) => {
    const hasChanged =
      !before ||
      !isEqual(before.metadata.labels, node.metadata.labels) ||
      !isEqual(before.spec, node.spec) ||
      !isEqual(before.status?.allocatable, node.status?.allocatable) ||
      !isEqual(before.status?.images, node.status?.images);
    if (!hasChanged) return;
    const known = cluster.find(node.metadata.name ?? '');
    const old: NodeFacts | undefined = known && { ...known };
    const now = cluster.setNode(node);
    wake(nodePlugins, (pod, plugins) => nodeChangeHelps(pod, plugins, old, now));
  };

  for (const node of nodes.list()) onNode(node, undefined);
  for (const pod of pods.list()) onPod(pod, undefined);

  pods.onChange(({ type, object, before }) => {
    if (type === 'DELETED') forget(object.metadata.uid ?? '');
    else onPod(object, before);
  });
  nodes.onChange(({ type, object, before }) => {
    if (type !== 'DELETED') return onNode(object, before);
    cluster.removeNode(object.metadata.name ?? '');
    wake(['PodTopologySpread'], () => true);
  });
  store.collection('persistentvolumeclaims').onChange(({ type, object }) => {
    if (type === 'DELETED') return;
    const claim = nameOf(object);
    wake(['VolumeBinding'], (pod) => pod.claims.includes(claim));
  });
  store.collection('persistentvolumes').onChange(({ type }) => {
    if (type !== 'DELETED') wake(['VolumeBinding'], (pod) => pod.claims.length > 0);
  });
  store.collection<StorageClass>('storage.k8s.io/storageclasses').onChange(({ type }) => {
    if (type === 'ADDED') wake(['VolumeBinding'], (pod) => pod.claims.length > 0);
  });
}
