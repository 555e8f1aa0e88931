import { parseDuration } from './engine/duration.ts';
import type { KubeObject } from './engine/ports.ts';
import { readFinalProbe, readProbe } from './engine/probe-reading.ts';
import type { ProbeResult } from './engine/probe-result.ts';
import type { LabCluster, ProbeOptions, RunningProbe } from './lab.ts';

/** El Pod de `manifests/sonda/` y por dónde se le habla. */
const pod = 'sonda';
const port = 9090;

interface ProbeWorld {
  cluster: LabCluster;
  /** Espera a que el Pod que se lea esté Ready. */
  ready(read: () => Promise<KubeObject | undefined>): Promise<KubeObject>;
  onMeasured(result: ProbeResult): void;
}

/** Empieza una medida. Lo que la sonda entregue solo vale si es de esta medida y está entero. */
export async function startProbe(options: ProbeOptions, { cluster, ready, onMeasured }: ProbeWorld): Promise<RunningProbe> {
  await cluster.apply('../sonda/guion.yaml');
  await cluster.apply('../sonda/sonda.yaml');
  await ready(() => cluster.pod(pod));
  const ask = (path: string) => cluster.proxyGet(pod, port, path);
  const started = readProbe(await ask(`/empezar?${queryOf(options)}`));
  return {
    read: async () => readProbe(await ask('/resultado')),
    async mark(text) {
      readProbe(await ask(`/marca?${new URLSearchParams({ texto: text })}`));
    },
    async stop() {
      const result = readFinalProbe(await ask('/parar'), started);
      onMeasured(result);
      return result;
    },
  };
}

const queryOf = ({ target, rate = 50, deadline = '2s', connection = 'new' }: ProbeOptions): string =>
  new URLSearchParams({
    objetivo: target,
    ritmo: String(rate),
    plazo: String(parseDuration(deadline)),
    conexion: connection === 'new' ? 'nueva' : 'viva',
  }).toString();
