import { allOf, isReady, podCount, readyPods, replicasReady, satisfies } from '../../engine/checks.ts';
import { Deployment } from '../../engine/kinds.ts';
import type { KubeObject } from '../../engine/ports.ts';
import { probeRequestsAtLeast } from '../../engine/probe-checks.ts';
import type { ProbeResult } from '../../engine/probe-result.ts';
import { isReadyPod } from '../../engine/reading.ts';
import { relayMarks } from '../../sonda/judge-relay.ts';
import { startProbe } from '../../start-probe.ts';
import type { Space } from './space.ts';

const rate = 50;

/**
 * Tres réplicas detrás de un Service, con la sonda preguntando: se reinician ordenadamente, se borra un Pod sin avisarle
 * y se mata el proceso de otro. Es la medida que enseña la página.
 */
export async function measureRelay({ target, cluster, read, wait, sleep }: Space): Promise<ProbeResult> {
  const [deployment] = await read('04-mundo-real/deployment.yaml');
  if (!deployment) throw new Error('manifests/04-mundo-real/deployment.yaml está vacío');
  const apply = (restartedAt?: string) => {
    const object = structuredClone(deployment.object) as typeof deployment.object & { spec: { replicas: number; template: { metadata: object } } };
    object.spec.replicas = 3;
    // Lo mismo que hace `kubectl rollout restart`: una anotación que cambia la plantilla.
    if (restartedAt) object.spec.template.metadata = { ...object.spec.template.metadata, annotations: { 'kubectl.kubernetes.io/restartedAt': restartedAt } };
    return target.actions.apply({ ...deployment, object }, cluster.namespace);
  };
  await cluster.apply('../04-mundo-real/app.yaml');
  await apply();
  await cluster.apply('../04-mundo-real/servicio.yaml');
  const web = () => cluster.pods('app=web');
  const settled = async () => {
    await wait(() => cluster.get(Deployment, 'web'), replicasReady(3));
    return wait(web, allOf(readyPods(3), podCount(3)));
  };
  await settled();

  const probe = await startProbe('relevo', { target: 'http://web', rate }, { cluster, ready: (look) => wait(look, isReady()), onMeasured: () => undefined });
  await wait(() => probe.read(), probeRequestsAtLeast(rate * 5));
  await probe.mark(relayMarks.restart);
  await apply(new Date().toISOString());
  await settled();
  await sleep('3s');

  const [deleted, killed] = (await web()).filter(isReadyPod);
  if (!deleted || !killed) throw new Error('No quedan dos Pods Ready que matar');
  await probe.mark(relayMarks.deleted);
  await cluster.delete(deleted, { gracePeriod: '0s' });
  await settled();
  await sleep('3s');

  await probe.mark(relayMarks.killed);
  await cluster.proxyGet(killed.metadata.name, 8080, '/muere');
  await wait(() => cluster.pod(killed.metadata.name), restarted);
  await settled();
  await sleep('3s');
  return probe.stop();
}

const restarted = satisfies<KubeObject | undefined>('status.containerStatuses[0].restartCount', 'al menos 1', (pod) =>
  Boolean(pod && (pod.status?.containerStatuses?.[0]?.restartCount ?? 0) >= 1),
);
