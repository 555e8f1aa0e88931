import { isReady, readyPods, satisfies } from '../engine/checks.ts';
import type { KubeObject } from '../engine/ports.ts';
import type { LabCluster, RunningProbe, StepContext } from '../lab.ts';
import { type Answer, sorted, visit } from './client.ts';

/** Cómo se leen los Services de este laboratorio. */

export const slicesOf = (service: string) => `kubernetes.io/service-name=${service}`;
export const names = (pods: readonly KubeObject[]) => pods.map(({ metadata }) => metadata.name);
export const virtualIp = (service: KubeObject | undefined): string => String(service?.spec?.clusterIP);
export const nodePortOf = (service: KubeObject | undefined): number => Number(service?.spec?.ports?.[0]?.nodePort);
export const balancerIp = (service: KubeObject | undefined): string => String(service?.status?.loadBalancer?.ingress?.[0]?.ip ?? 'ninguna');
export const addressOf = (node: KubeObject): string =>
  String(((node.status?.addresses ?? []) as { type: string; address: string }[]).find(({ type }) => type === 'InternalIP')?.address);
export const hasBalancerIp = satisfies<KubeObject | undefined>(
  'status.loadBalancer.ingress',
  'una dirección',
  (service) => balancerIp(service) !== 'ninguna',
  balancerIp,
);
export const hasNoBalancerIp = satisfies<KubeObject | undefined>(
  'status.loadBalancer.ingress',
  'nada',
  (service) => balancerIp(service) === 'ninguna',
  balancerIp,
);

/** La misma pregunta a la puerta de cada nodo. */
export async function askEveryNode(cluster: LabCluster, port: number): Promise<string[]> {
  const found: string[] = [];
  for (const node of await cluster.nodes()) {
    const [answer] = await visit(cluster, 'cliente', `http://${addressOf(node)}:${port}/`, 1);
    found.push(`${node.metadata.name}: ${answer?.pod ?? answer?.error}`);
  }
  return found;
}

/**
 * Cuántas peticiones han contestado los demás desde que ese Pod contestó la última: se cuentan peticiones y no segundos, porque
 * con la máquina ocupada puede pasar un segundo sin que conteste nadie.
 */
export function answeredWithout(measure: RunningProbe, pod: string): () => Promise<number> {
  let count = -1;
  let base = 0;
  return async () => {
    const { answeredBy, succeeded } = await measure.read();
    const now = answeredBy[pod]?.requests ?? 0;
    if (now !== count) [count, base] = [now, succeeded];
    return succeeded - base;
  };
}

/** Contesta alguno de esos Pods: un error repetido no es fidelidad. */
export function onlyPods(pods: readonly KubeObject[]) {
  return satisfies<readonly string[]>('quién contesta', sorted(names(pods)), (answers) => answers.every((answer) => names(pods).includes(answer)));
}

export const noSlices = satisfies<KubeObject[]>('EndpointSlices', 'ninguno', (slices) => slices.length === 0);

export const reachesWeb = satisfies<Answer[]>('quién contesta', 'un Pod de web', ([answer]) => answer?.pod?.startsWith('web-') === true);

/** Los Pods de la tienda, con la trastienda y el cliente también listos. */
export async function shopPods(cluster: LabCluster, eventually: StepContext['eventually']): Promise<KubeObject[]> {
  await eventually(() => cluster.pod('cliente'), isReady(), { within: '3m' });
  await eventually(() => cluster.pods('app=tienda,capa=trastienda'), readyPods(1), { within: '3m' });
  return eventually(() => cluster.pods('app=tienda,capa=web'), readyPods(3), { within: '3m' });
}
