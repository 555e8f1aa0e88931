import type { World } from '../world.ts';
import { startDaemonSetController } from './daemonset.ts';
import { startDeploymentController } from './deployment.ts';
import { startEndpointSliceController } from './endpointslice.ts';
import { startGarbageCollector } from './garbage-collector.ts';
import { startNamespaceController } from './namespace.ts';
import { startPodGarbageCollector, startTaintEviction } from './node-lifecycle.ts';
import { startReplicaSetController } from './replicaset.ts';
import { startServiceAccountController } from './service-account.ts';
import { startStatefulSetController } from './statefulset.ts';
import { startVolumeControllers } from './volumes.ts';

/** Todo lo que en un clúster hace kube-controller-manager. */
export function startControllers(world: World): void {
  startNamespaceController(world);
  startServiceAccountController(world);
  startGarbageCollector(world);
  startDeploymentController(world);
  startReplicaSetController(world);
  startStatefulSetController(world);
  startDaemonSetController(world);
  startEndpointSliceController(world);
  startVolumeControllers(world);
  startTaintEviction(world);
  startPodGarbageCollector(world);
}
