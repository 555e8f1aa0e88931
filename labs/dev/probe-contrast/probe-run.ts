import { isReady, satisfies } from '../../engine/checks.ts';
import { readFinalProbe, readProbe } from '../../engine/probe-reading.ts';
import type { ProbeResult } from '../../engine/probe-result.ts';
import type { Space } from './space.ts';

/** Pone la sonda en marcha una vez; cada medida se le pide después. */
export async function placeProbe({ cluster, wait }: Space): Promise<void> {
  await cluster.apply('guion.yaml');
  await cluster.apply('sonda.yaml');
  await wait(() => cluster.pod('sonda'), isReady());
}

/** Una medida de tantas peticiones, a ese ritmo y ni una más. */
export async function probeRun({ cluster, wait }: Space, { url, rate, requests }: { url: string; rate: number; requests: number }): Promise<ProbeResult> {
  const ask = (path: string) => cluster.proxyGet('sonda', 9090, path);
  const query = new URLSearchParams({ objetivo: url, ritmo: String(rate), plazo: '5000', duracion: String(requests / rate) });
  const started = readProbe(await ask(`/empezar?${query}`));
  const isDone = satisfies<ProbeResult>('la medida', 'acabada', ({ state }) => state === 'done');
  await wait(async () => readProbe(await ask('/resultado')), isDone, '60s');
  return readFinalProbe(await ask('/parar'), started);
}
