import type { World } from '../../world.ts';
import { configMapStrategy, endpointSliceStrategy, namespaceStrategy, nodeStrategy, secretStrategy } from './cluster.ts';
import { disruptionBudgetStrategy } from './disruption-budget.ts';
import { podStrategy } from './pod.ts';
import { quotaStrategy } from './quota.ts';
import { serviceStrategy } from './service.ts';
import { claimStrategy, storageClassStrategy, volumeStrategy } from './storage.ts';
import { daemonSetStrategy, deploymentStrategy, replicaSetStrategy, statefulSetStrategy } from './workloads.ts';

/** Las reglas propias de cada recurso. Lo que no está aquí solo sigue las comunes. */
export function installStrategies(world: Pick<World, 'registry' | 'store' | 'random'>): void {
  const { registry } = world;
  registry.setStrategy('pods', podStrategy(world));
  registry.setStrategy('services', serviceStrategy(world));
  registry.setStrategy('namespaces', namespaceStrategy);
  registry.setStrategy('nodes', nodeStrategy);
  registry.setStrategy('configmaps', configMapStrategy);
  registry.setStrategy('secrets', secretStrategy);
  registry.setStrategy('persistentvolumeclaims', claimStrategy(world));
  registry.setStrategy('persistentvolumes', volumeStrategy);
  registry.setStrategy('storage.k8s.io/storageclasses', storageClassStrategy);
  registry.setStrategy('discovery.k8s.io/endpointslices', endpointSliceStrategy);
  registry.setStrategy('policy/poddisruptionbudgets', disruptionBudgetStrategy);
  registry.setStrategy('resourcequotas', quotaStrategy);
  registry.setStrategy('apps/deployments', deploymentStrategy);
  registry.setStrategy('apps/replicasets', replicaSetStrategy);
  registry.setStrategy('apps/statefulsets', statefulSetStrategy);
  registry.setStrategy('apps/daemonsets', daemonSetStrategy);
}
