import type { KubeObject } from '../engine/ports.ts';
import { nodeOf, openNodes } from '../engine/reading.ts';
import type { LabCluster } from '../lab.ts';

/**
 * Un nodo que se puede perder sin perder lo que mide: ni el del plano de control ni el de la sonda y, si se pide, con un Pod
 * de `labels`. Con tres réplicas en tres nodos siempre queda uno. `undefined` si no lo hay.
 */
export async function spareNode(cluster: LabCluster, labels?: string): Promise<KubeObject | undefined> {
  const probe = await cluster.pod('sonda');
  const used = labels === undefined ? undefined : new Set((await cluster.pods(labels)).map(nodeOf));
  return openNodes(await cluster.nodes()).find(
    ({ metadata: { name, labels: own } }) =>
      own?.['node-role.kubernetes.io/control-plane'] === undefined && name !== (probe && nodeOf(probe)) && (used?.has(name) ?? true),
  );
}

/** Hace algo con los demás nodos cerrados: los Pods que nazcan mientras tanto caen todos en ese. */
export async function onlyOn(cluster: LabCluster, node: string, act: () => Promise<unknown>): Promise<void> {
  // También los que ahora no admiten a nadie por un taint: el de un nodo que vuelve se quita solo.
  const others = (await cluster.nodes()).filter(({ metadata, spec }) => metadata.name !== node && !spec?.unschedulable);
  for (const { metadata } of others) await cluster.cordon(metadata.name);
  await act();
  for (const { metadata } of others) await cluster.uncordon(metadata.name);
}

/** En qué nodos están, cada uno una vez y en orden. */
export const nodesOf = (pods: readonly KubeObject[]): string[] => [...new Set(pods.map(nodeOf))].sort();
