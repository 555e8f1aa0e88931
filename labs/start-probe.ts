import { parseDuration } from './engine/duration.ts';
import { LabError } from './engine/lab-error.ts';
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
  /** Qué medida es de las que el paso tiene a la vez, desde 1. */
  turn?: number;
}

/** Una medida, y cómo dejarla si el paso falla: que no siga preguntando por detrás. */
export interface OwnedProbe extends RunningProbe {
  abandon(): Promise<void>;
}

/** Empieza una medida. Lo que la sonda entregue solo vale si es de esta medida y está entero. */
export async function startProbe(title: string, options: ProbeOptions, { cluster, ready, onMeasured, turn = 1 }: ProbeWorld): Promise<OwnedProbe> {
  // Quien mide una sola cosa no necesita nombrarla.
  const slot: Record<string, string> = turn === 1 ? {} : { medida: String(turn) };
  await cluster.apply('../sonda/guion.yaml');
  await cluster.apply('../sonda/sonda.yaml');
  await ready(() => cluster.pod(pod));
  const ask = async (path: string, query: Record<string, string> = {}) => {
    const answer = await cluster.proxyGet(pod, port, path + asQuery({ ...slot, ...query }));
    // 409: hay sonda y no conoce esta medida; 404: no hay sonda.
    if (answer.status === 409 || answer.status === 404)
      throw new LabError(
        `La sonda ${answer.status === 404 ? 'ya no está' : 'ha vuelto a empezar'} a mitad de «${title}»: lo medido se ha perdido, y a medias no se da por bueno.`,
        { code: 'BROKEN' },
      );
    return answer;
  };
  const begin = async () => readProbe(await ask('/empezar', queryOf(options)));
  let started = await begin();
  let isOpen = true;
  return {
    read: async () => readProbe(await ask('/resultado')),
    async mark(text) {
      readProbe(await ask('/marca', { texto: text }));
    },
    async restart() {
      started = await begin();
    },
    async stop() {
      isOpen = false;
      const result = readFinalProbe(await ask('/parar'), started, parseDuration(options.lateness ?? '1s'));
      onMeasured(result);
      return result;
    },
    async abandon() {
      // El paso ya ha fallado por otra cosa: lo que diga la sonda aquí no le importa a nadie.
      if (isOpen) await ask('/parar').catch(() => undefined);
    },
  };
}

const asQuery = (query: Record<string, string>): string => (Object.keys(query).length === 0 ? '' : `?${new URLSearchParams(query)}`);

const queryOf = ({ target, rate = 50, deadline = '2s', connection = 'new' }: ProbeOptions): Record<string, string> => ({
  objetivo: target,
  ritmo: String(rate),
  plazo: String(parseDuration(deadline)),
  conexion: connection === 'new' ? 'nueva' : 'viva',
});
