import type { ClusterPort, KubeObject } from '../engine/ports.ts';

const PodMetrics = { apiVersion: 'metrics.k8s.io/v1beta1', kind: 'PodMetrics' };

/** Lo que dice metrics-server se renueva cada quince segundos: mirar más a menudo no da más. */
const pause = 5000;

export interface MemoryWatch {
  /** Deja de mirar. Lo más que llegaron a ocupar a la vez los Pods del espacio, en bytes; `undefined` si no se pudo medir. */
  stop(): Promise<number | undefined>;
}

/** Mira cada poco cuánto ocupan los Pods de un espacio. Un clúster sin metrics-server no da un cero: no da nada. */
export function watchPodMemory(cluster: ClusterPort, namespace: string, wait: (milliseconds: number, signal: AbortSignal) => Promise<void>): MemoryWatch {
  const stopping = new AbortController();
  let most: number | undefined;
  const look = async () => {
    while (!stopping.signal.aborted) {
      try {
        const { items } = await cluster.list({ ...PodMetrics, namespace });
        const now = items.reduce((sum, pod) => sum + memoryOf(pod), 0);
        if (now > 0) most = Math.max(most ?? 0, now);
      } catch {
        // Aún no hay medidas, o no las habrá: grabar no depende de esto.
      }
      await wait(pause, stopping.signal).catch(() => undefined);
    }
  };
  const looking = look();
  return {
    async stop() {
      stopping.abort();
      await looking;
      return most;
    },
  };
}

function memoryOf(pod: KubeObject): number {
  const containers = (pod.containers ?? []) as { usage?: { memory?: string } }[];
  return containers.reduce((sum, { usage }) => sum + bytesOf(usage?.memory ?? '0'), 0);
}

const units: Readonly<Record<string, number>> = { '': 1, Ki: 1024, Mi: 1024 ** 2, Gi: 1024 ** 3, k: 1e3, M: 1e6, G: 1e9 };

/** `51234Ki` → bytes. */
function bytesOf(quantity: string): number {
  const [, amount = '0', unit = ''] = /^(\d+)(Ki|Mi|Gi|k|M|G|)$/.exec(quantity) ?? [];
  return Number(amount) * (units[unit] ?? 0);
}
