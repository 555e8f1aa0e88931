import type { World } from '../world.ts';
import { startDaemonSetController } from './daemonset.ts';
import { startDeploymentController } from './deployment.ts';
import { startDisruptionController } from './disruption.ts';
import { startEndpointSliceController } from './endpointslice.ts';
import { startGarbageCollector } from './garbage-collector.ts';
import { startLoadBalancerController } from './load-balancer.ts';
import { startNamespaceController } from './namespace.ts';
import { type NodeHealthOptions, startNodeHealth } from './node-health.ts';
import { startMarkingLatePods } from './node-pods.ts';
import { startNoScheduleTaints } from './node-taints-schedule.ts';
import { startPodGarbageCollector } from './pod-garbage-collector.ts';
import { startQuotaController } from './quota.ts';
import { startReplicaSetController } from './replicaset.ts';
import { startServiceAccountController } from './service-account.ts';
import { startStatefulSetController } from './statefulset.ts';
import { startTaintEviction } from './taint-eviction.ts';
import { startVolumeControllers } from './volumes.ts';

/** Todo lo que en un clúster hace kube-controller-manager. */
export function startControllers(world: World, options: NodeHealthOptions): void {
  startNamespaceController(world);
  startServiceAccountController(world);
  startGarbageCollector(world);
  startDeploymentController(world);
  startReplicaSetController(world);
  startStatefulSetController(world);
  startDaemonSetController(world);
  startEndpointSliceController(world);
  startLoadBalancerController(world);
  startVolumeControllers(world);
  startDisruptionController(world);
  startQuotaController(world);
  startNoScheduleTaints(world);
  startNodeHealth(world, options);
  startMarkingLatePods(world);
  startTaintEviction(world);
  startPodGarbageCollector(world);
}
