import { hasFields, satisfies } from '../engine/checks.ts';
import { DaemonSet } from '../engine/kinds.ts';
import type { KubeObject } from '../engine/ports.ts';
import { nodeOf, openNodes } from '../engine/reading.ts';
import type { LabCluster, StepContext } from '../lab.ts';

/** Los nodos que admiten un Pod cualquiera, por nombre. */
export const openNames = async (cluster: LabCluster): Promise<string[]> =>
  openNodes(await cluster.nodes())
    .map(({ metadata }) => metadata.name)
    .sort();

/** Los mismos nodos abiertos que al empezar: los taints del cordón y de la caída los quita un controlador, un momento después. */
export const sameNames = (names: readonly string[]) => satisfies<string[]>('nodos abiertos', names.join(', '), (found) => found.join() === names.join());

/** El Pod de ese nodo que no se está yendo. */
export const onNode = async (cluster: LabCluster, labels: string, node: string): Promise<KubeObject | undefined> =>
  (await cluster.pods(labels)).find((pod) => nodeOf(pod) === node && !pod.metadata.deletionTimestamp);

/** El controlador cree que le tocan tantos nodos, tiene un Pod listo en cada uno y ninguno donde no debería. */
export const covers = (desired: number) => hasFields({ status: { desiredNumberScheduled: desired, numberReady: desired, numberMisscheduled: 0 } });

/** Los nodos del vigía, si cree que le tocan todos los abiertos. Si no, no hay nada que esperar. */
export async function watched(cluster: LabCluster, expect: StepContext['expect']): Promise<string[]> {
  const names = await openNames(cluster);
  expect(await cluster.get(DaemonSet, 'vigia'), hasFields({ status: { desiredNumberScheduled: names.length } }));
  return names;
}
