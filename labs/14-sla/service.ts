import type { Check } from '../engine/check.ts';
import { exists, satisfies } from '../engine/checks.ts';
import { Deployment, Service } from '../engine/kinds.ts';
import type { KubeObject, ObjectEvent } from '../engine/ports.ts';
import { calmFor, probeRequestsAtLeast } from '../engine/probe-checks.ts';
import { isReadyPod, nodeOf } from '../engine/reading.ts';
import { rolledOut } from '../engine/rollout-checks.ts';
import type { LabCluster, ProbeOptions, RunningProbe, StepContext } from '../lab.ts';

/**
 * Todas las medidas preguntan igual: lo que cambia es a quién. Por la IP del Service y no por su nombre, porque una copia del
 * DNS puede vivir en el nodo que se apaga, y se mediría otra avería. Arrancar y parar diez Pods a la vez ocupa una máquina
 * pequeña: se espera a cada respuesta más de lo que tarda la más lenta, y se admite que alguna petición salga tarde. Un rato
 * sin mirar puede acortar un hueco, nunca alargarlo: lo que aquí se afirma no sale gratis por eso.
 */
export async function asking(cluster: LabCluster, name: string): Promise<ProbeOptions> {
  const service = await cluster.get(Service, name);
  return { target: `http://${service?.spec?.clusterIP}`, rate: 25, deadline: '8s', lateness: '5s' };
}

/** Tras un rato así, quien falla ya ha vuelto. A lo que siga en el aire se le espera al cerrar la medida. */
const quiet = '5s';

/** Una versión nueva de la plantilla, como `kubectl rollout restart`. */
export const restarted = { spec: { template: { metadata: { annotations: { 'bitacora.lab/version': '2' } } } } };

/** El Deployment ha acabado de desplegarse. */
export const settled = ({ cluster, eventually }: Pick<StepContext, 'cluster' | 'eventually'>, name: string): Promise<KubeObject> =>
  eventually(() => cluster.get(Deployment, name), rolledOut(), { within: '3m' });

/** Espera a que cada medida haya visto el servicio sano: antes de eso no se actúa. */
export async function warmUp({ eventually }: Pick<StepContext, 'eventually'>, ...measures: readonly RunningProbe[]): Promise<void> {
  for (const measure of measures) await eventually(() => measure.read(), probeRequestsAtLeast(50), { within: '60s' });
}

/** Espera a que el servicio lleve un rato entero. */
export async function calm({ eventually }: Pick<StepContext, 'eventually'>, ...measures: readonly RunningProbe[]): Promise<void> {
  for (const measure of measures) await eventually(() => measure.read(), calmFor(quiet), { within: '2m' });
}

/** Muere de golpe: primero el proceso, con lo que tuviera a medias, y después el Pod. Borrarlo sin más le dejaría un segundo para despedirse. */
export async function kill(cluster: LabCluster, pod: KubeObject): Promise<void> {
  await cluster.proxyGet(pod.metadata.name, 8080, '/muere');
  await cluster.delete(pod, { gracePeriod: '0s' });
}

/** Cuántos Pods contestan de verdad, estén como estén según Kubernetes. */
export async function listening(cluster: LabCluster, labels: string): Promise<number> {
  let count = 0;
  for (const { metadata } of await cluster.pods(labels)) if ((await cluster.proxyGet(metadata.name, 8080, '/listo')).status === 200) count += 1;
  return count;
}

/** Hay al menos `count` listos fuera de ese nodo: lo que diga de los de dentro puede ser viejo. */
export const readyElsewhere = (count: number, node: string): Check<KubeObject[]> => {
  const ready = (pods: KubeObject[]) => pods.filter((pod) => isReadyPod(pod) && nodeOf(pod) !== node).length;
  return satisfies(`Pods listos fuera de ${node}`, `al menos ${count}`, (pods) => ready(pods) >= count, ready);
};

/** Lo más bajo que ha llegado a estar el número de réplicas disponibles, según su propio estado. */
export const lowestAvailable = (events: readonly ObjectEvent[]): number =>
  Math.min(...events.map(({ object }) => (object.status?.availableReplicas as number | undefined) ?? 0));

/** La tienda del reto, desplegada del todo. */
export async function shop(context: Pick<StepContext, 'cluster' | 'eventually' | 'expect'>): Promise<KubeObject> {
  context.expect(await context.cluster.get(Deployment, 'tienda'), exists());
  return context.eventually(() => context.cluster.get(Deployment, 'tienda'), rolledOut(), { within: '90s' });
}
