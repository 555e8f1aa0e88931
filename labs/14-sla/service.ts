import type { Check } from '../engine/check.ts';
import { exists, satisfies } from '../engine/checks.ts';
import { Deployment, Service } from '../engine/kinds.ts';
import type { KubeObject, ObjectEvent } from '../engine/ports.ts';
import { calmFor } from '../engine/probe-checks.ts';
import { errorCount } from '../engine/probe-reading.ts';
import { isReadyPod, nodeOf } from '../engine/reading.ts';
import { rolledOut } from '../engine/rollout-checks.ts';
import type { LabCluster, ProbeOptions, RunningProbe, StepContext } from '../lab.ts';

/**
 * Todas las medidas preguntan igual: lo que cambia es a quién. Por la IP del Service y no por su nombre, porque una copia del
 * DNS puede vivir en el nodo que se apaga, y se mediría otra avería. Arrancar y parar diez Pods a la vez ocupa una máquina
 * pequeña: se admite que alguna petición salga tarde. Un rato sin mirar puede acortar un hueco, nunca alargarlo: lo que aquí
 * se afirma no sale gratis por eso.
 *
 * El plazo cabe entre dos cosas: lo que tarda la respuesta más lenta de un servicio sano (se han visto 1,7 s con la máquina
 * llena) y lo que tarda en salir bien quien insiste. A un Service sin nadie detrás Linux le contesta solo las primeras veces;
 * a lo demás calla, y el núcleo de quien pregunta repite el SYN cada segundo (`tcp_syn_linear_timeouts`). Con 8 s de plazo,
 * casi todo lo preguntado durante una caída acababa bien, tarde, y una caída de cinco segundos salía como un hueco de 1,1. Con
 * este, solo se salva quien acierta en los dos primeros reintentos.
 */
export async function asking(cluster: LabCluster, name: string): Promise<ProbeOptions> {
  const service = await cluster.get(Service, name);
  return { target: `http://${service?.spec?.clusterIP}`, rate: 25, deadline: '3500ms', lateness: '5s' };
}

/** Tras un rato así, quien falla ya ha vuelto. A lo que siga en el aire se le espera al cerrar la medida. */
const quiet = '5s';

/** Una versión nueva de la plantilla, como `kubectl rollout restart`. */
export const restarted = { spec: { template: { metadata: { annotations: { 'bitacora.lab/version': '2' } } } } };

/** El Deployment ha acabado de desplegarse. */
export const settled = ({ cluster, eventually }: Pick<StepContext, 'cluster' | 'eventually'>, name: string): Promise<KubeObject> =>
  eventually(() => cluster.get(Deployment, name), rolledOut(), { within: '3m' });

/**
 * Espera a que cada medida haya visto el servicio sano: antes de eso no se actúa. Que el Deployment diga «disponible» no
 * basta: kube-proxy junta los cambios de hasta un segundo (`minSyncPeriod`) antes de escribirlos, y hasta entonces rechaza por
 * él. Lo que falle en ese rato no es del experimento: la medida vuelve a empezar.
 */
export async function warmUp({ eventually }: Pick<StepContext, 'eventually'>, ...measures: readonly RunningProbe[]): Promise<void> {
  const enough = satisfies<number>('peticiones bien desde que empezó la medida', 'al menos 50', (count) => count >= 50);
  for (const measure of measures) await eventually(() => answeredFromTheStart(measure), enough, { within: '60s' });
}

async function answeredFromTheStart(measure: RunningProbe): Promise<number> {
  const seen = await measure.read();
  if (errorCount(seen) === 0) return seen.succeeded;
  await measure.restart();
  return 0;
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
