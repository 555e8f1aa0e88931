import { isReady, satisfies } from '../../engine/checks.ts';
import { LabError } from '../../engine/lab-error.ts';
import { readFinalProbe, readProbe } from '../../engine/probe-reading.ts';
import type { ProbeResult } from '../../engine/probe-result.ts';
import { demandOnTime } from './demand-on-time.ts';
import type { Space } from './space.ts';

/** Pone la sonda en marcha una vez; cada medida se le pide después. */
export async function placeProbe({ cluster, wait }: Space): Promise<void> {
  await cluster.apply('guion.yaml');
  await cluster.apply('sonda.yaml');
  await wait(() => cluster.pod('sonda'), isReady());
}

/** Más retraso que este en una sola petición, y `readFinalProbe` da la medida por mala. */
const mostLateness = 1000;

/** Una medida de tantas peticiones, a ese ritmo y ni una más. */
export async function probeRun({ cluster, wait }: Space, { url, rate, requests }: { url: string; rate: number; requests: number }): Promise<ProbeResult> {
  const ask = async (path: string) => {
    const answer = await cluster.proxyGet('sonda', 9090, path);
    // No es la sonda quien contesta 503: es el API, que no la alcanza.
    if (answer.status === 503) throw new LabError('El servidor de API no alcanza a la sonda.', { code: 'ENVIRONMENT', canHeal: true });
    return answer;
  };
  const query = new URLSearchParams({ objetivo: url, ritmo: String(rate), plazo: '5000', duracion: String(requests / rate) });
  const started = readProbe(await ask(`/empezar?${query}`));
  const isDone = satisfies<ProbeResult>('la medida', 'acabada', ({ state }) => state === 'done');
  await wait(async () => readProbe(await ask('/resultado')), isDone, '60s');
  const answer = await ask('/parar');
  demandOnTime('la sonda', readProbe(answer).lateness?.max ?? 0, mostLateness);
  return readFinalProbe(answer, started);
}
