import { Deployment } from './engine/kinds.ts';
import type { Target } from './engine/ports.ts';

/** Quienes se sabe que dan dirección a los LoadBalancer: el del taller y MetalLB. */
const known = [
  { namespace: 'kube-system', name: 'balanceador' },
  { namespace: 'metallb-system', name: 'controller' },
];

/** Sin nadie que se ocupe, un LoadBalancer se queda sin dirección para siempre y sin un solo error. */
export async function hasBalancer({ hasLoadBalancer, cluster }: Pick<Target, 'hasLoadBalancer' | 'cluster'>): Promise<boolean> {
  if (hasLoadBalancer) return true;
  for (const { namespace, name } of known) if (await cluster.get(Deployment, namespace, name)) return true;
  return false;
}
