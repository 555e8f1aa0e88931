import { ApiError } from '../registry/api-error.ts';
import { bindPod } from '../registry/bind-pod.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { chooseNode } from './choose-node.ts';
import type { ClusterCache } from './cluster-cache.ts';
import { evictVictims } from './evict-victims.ts';
import type { FilterContext } from './filters/filter.ts';
import { findNodes, type Search } from './find-nodes.ts';
import { countReasons, fitMessage } from './fit-message.ts';
import type { NodeInfo } from './node-info.ts';
import type { Nominations } from './nominations.ts';
import type { PodInfo } from './pod-info.ts';
import type { PodReader } from './pod-reader.ts';
import { findVictims } from './preemption.ts';
import { reportFailure, schedulerSource } from './report-failure.ts';
import type { QueuedPod, SchedulingQueue } from './scheduling-queue.ts';
import type { VolumeBinder } from './volume-binder.ts';
import { readPodClaims } from './volume-claims.ts';
import { planVolumes } from './volume-plan.ts';

export interface SchedulerParts {
  readonly world: World;
  readonly cluster: ClusterCache;
  readonly queue: SchedulingQueue;
  readonly nominations: Nominations;
  readonly volumes: VolumeBinder;
  readonly context: FilterContext;
  readonly pods: PodReader;
}

/** Busca nodo para un Pod y lo asigna, o cuenta por qué no. */
// Sigue a kube-scheduler: schedule_one.go.
export function createScheduleOne(parts: SchedulerParts): (queued: QueuedPod) => void {
  const { world, cluster, queue, nominations, volumes, context } = parts;
  const random = world.random.fork('planificador');
  const pods = world.store.collection<Pod>('pods');
  // Cada Pod empieza a mirar donde acabó el anterior: así todos los nodos se miran por igual.
  let start = 0;

  const current = ({ namespace, name, uid }: QueuedPod): Pod | undefined => {
    const pod = pods.get(namespace, name);
    return pod?.metadata.uid === uid && !pod.spec?.nodeName ? pod : undefined;
  };

  const unschedulable = (queued: QueuedPod, info: PodInfo, search: Search) => {
    const total = cluster.nodes().length;
    const reasons = countReasons([...search.rejections.values()].map((rejection) => rejection.reasons));
    const unseen = total - search.rejections.size;
    if (search.unlisted && unseen > 0) for (const reason of search.unlisted.reasons) reasons.set(reason, (reasons.get(reason) ?? 0) + unseen);
    const message = fitMessage(total, reasons, search.blocked?.reasons.join(', '));
    const preemption = findVictims(info, search, context, random, nominations);
    const rejections = search.blocked ? [search.blocked] : [...search.rejections.values()];
    queue.park(queued, new Set(rejections.map((rejection) => rejection.plugin)));
    if (preemption.kind === 'none') {
      const nominated = preemption.keepsPromise ? info.pod.status?.nominatedNodeName : undefined;
      if (!nominated) nominations.clear(info.uid);
      reportFailure(world, info.pod, 'Unschedulable', `${message} ${preemption.message}`, nominated);
      return;
    }
    nominations.set(info, preemption.node.name);
    evictVictims(world, info, preemption.victims, preemption.node.name);
    reportFailure(world, info.pod, 'Unschedulable', message, preemption.node.name);
  };

  /** Algo falló después de elegir nodo: el hueco se libera y se vuelve a intentar. */
  const giveBack = (queued: QueuedPod, info: PodInfo, message: string) => {
    cluster.remove(info.uid);
    const pod = current(queued);
    if (!pod) return queue.forget(info.uid);
    queue.retryLater(queued);
    reportFailure(world, pod, 'SchedulerError', message, undefined);
  };

  const bind = (queued: QueuedPod, info: PodInfo, node: NodeInfo) => {
    try {
      const bound = bindPod(world, info.pod, node.name);
      queue.forget(info.uid);
      nominations.clear(info.uid);
      world.events.record(bound, 'Normal', 'Scheduled', `Successfully assigned ${info.namespace}/${info.name} to ${node.name}`, schedulerSource);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      giveBack(queued, info, `running Bind plugin "DefaultBinder": ${error.message}`);
    }
  };

  const assign = (queued: QueuedPod, info: PodInfo, node: NodeInfo) => {
    // Desde ya cuenta en su nodo, aunque falte enlazar volúmenes: el siguiente Pod no puede contar con ese hueco.
    cluster.place(info, node.name);
    const claims = readPodClaims(info, world.store);
    if (claims.kind === 'blocked' || claims.delayed.length === 0) return bind(queued, info, node);
    const plan = planVolumes(claims.delayed, node, world.store);
    if (!plan) return giveBack(queued, info, `running Reserve plugin "VolumeBinding": no volumes for node ${node.name}`);
    nominate(info, node);
    volumes.bind(info.uid, node.name, plan, (failure) => {
      if (failure === undefined) bind(queued, info, node);
      else giveBack(queued, info, `running PreBind plugin "VolumeBinding": ${failure}`);
    });
  };

  /** Mientras espera volúmenes, el Pod dice a qué nodo irá. */
  const nominate = (info: PodInfo, node: NodeInfo) => {
    const pod = pods.get(info.namespace, info.name);
    if (pod) world.registry.updateStatus('pods', { ...pod, status: { ...pod.status, nominatedNodeName: node.name } });
  };

  return (queued) => {
    const pod = current(queued);
    if (!pod || cluster.nodeOf(queued.uid)) return queue.forget(queued.uid);
    if (pod.metadata.deletionTimestamp) {
      world.events.record(pod, 'Warning', 'FailedScheduling', `skip schedule deleting pod: ${queued.namespace}/${queued.name}`, schedulerSource);
      return queue.forget(queued.uid);
    }
    const total = cluster.nodes().length;
    if (total === 0) {
      queue.retryLater(queued);
      return reportFailure(world, pod, 'Unschedulable', 'no nodes available to schedule pods', undefined);
    }
    const info = parts.pods.read(pod);
    const search = findNodes(info, context, start, { nominations, preferred: pod.status?.nominatedNodeName });
    start = (start + search.examined) % total;
    if (search.feasible.length === 0) unschedulable(queued, info, search);
    else assign(queued, info, chooseNode(info, search.feasible, context, random));
  };
}
