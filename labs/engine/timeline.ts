import type { Clock, ClusterPort, Instant, KubeObject, ObjectEvent, ObjectQuery } from './ports.ts';

/** Un suceso y cuándo llegó: ms del reloj del destino desde que empezó el laboratorio. */
export type TimedEvent = ObjectEvent & { at: number };

export interface RunningTimeline {
  /** Todo lo llegado, en orden de llegada. Lanza el error que cortó el watch, si lo hubo: callarlo sería afirmar que no pasó nada. */
  seen(): TimedEvent[];
  /** Lo que había al abrirlo. */
  readonly initial: readonly KubeObject[];
  stop(): void;
  /** Se cumple cuando el watch se ha cerrado del todo. */
  readonly closed: Promise<void>;
}

interface TimelineOptions {
  cluster: ClusterPort;
  clock: Clock;
  /** Instante en que empezó el laboratorio. */
  start: Instant;
  signal: AbortSignal;
}

/** Lista y observa desde esa versión: lo que pase después de volver de aquí queda en `seen()`. */
export async function openTimeline(query: ObjectQuery, { cluster, clock, start, signal }: TimelineOptions): Promise<RunningTimeline> {
  const { items, resourceVersion } = await cluster.list(query);
  const events: TimedEvent[] = [];
  const stop = new AbortController();
  let failure: unknown;
  const consume = async () => {
    try {
      for await (const event of cluster.watch(query, resourceVersion, AbortSignal.any([signal, stop.signal]))) {
        events.push({ ...event, at: clock.now() - start });
      }
    } catch (error) {
      if (!stop.signal.aborted && !signal.aborted) failure = error;
    }
  };
  return {
    initial: items,
    closed: consume(),
    seen() {
      if (failure) throw failure;
      return [...events];
    },
    stop: () => stop.abort(),
  };
}
