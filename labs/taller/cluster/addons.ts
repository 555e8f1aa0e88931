import path from 'node:path';
import type { Kubectl } from './kubectl.ts';

const folder = path.join(import.meta.dirname, '../addons');

/** Los Deployments que hay que esperar para dar el clúster por bueno. metrics-server tarda 20 s y no bloquea a nadie. */
export const awaitedDeployments = ['coredns', 'local-path-provisioner'] as const;

export async function applyAddons(kubectl: Kubectl): Promise<void> {
  const files = ['coredns', 'local-path', 'metrics-server'].flatMap((name) => ['-f', path.join(folder, `${name}.yaml`)]);
  await kubectl(['apply', '--server-side', '--force-conflicts', ...files]);
}
