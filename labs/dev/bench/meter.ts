import type { ActionsPort, ClusterPort, Target } from '../../engine/ports.ts';

export interface Meter {
  /** El mismo destino, con un cronómetro delante. */
  target: Target;
  /** Milisegundos que el clúster tardó por sí mismo, como poco. */
  clusterTime(): number;
}

/**
 * Cuánto tarda el clúster por sí mismo, contado de menos: lo que aquí no se cuenta se le apunta al ejecutor.
 *
 * - Lo que tarda en contestar a lo que se le manda hacer: del clúster.
 * - En una espera, hasta que empezó la última lectura que aún decía que no: del clúster. Lo que va de ahí a la lectura que
 *   dijo que sí puede ser del clúster o del ejecutor, que mira cada cuarto de segundo: se le apunta al ejecutor entero.
 * - Leer una vez, comparar, dibujar, arrancar: del ejecutor.
 */
export function meterTarget(target: Target, now: () => number): Meter {
  let settled = 0;
  /** La espera en curso: cuándo empezó y la última lectura que aún decía que no. */
  let run: { from: number; failedAt: number } | undefined;
  let lastRead: { from: number } | undefined;
  let slept = false;

  const close = () => {
    if (run) settled += run.failedAt - run.from;
    run = undefined;
    lastRead = undefined;
    slept = false;
  };
  const reading = async <T>(read: () => Promise<T>): Promise<T> => {
    // Dos lecturas sin dormir entre ellas: la anterior dijo que sí, y esta es de otra espera.
    if (!slept) close();
    const from = now();
    run ??= { from, failedAt: from };
    lastRead = { from };
    slept = false;
    return read();
  };
  const acting = async <T>(act: () => Promise<T>): Promise<T> => {
    close();
    const from = now();
    try {
      return await act();
    } finally {
      settled += now() - from;
    }
  };

  const cluster: ClusterPort = {
    ...target.cluster,
    get: (...words) => reading(() => target.cluster.get(...words)),
    list: (...words) => reading(() => target.cluster.list(...words)),
  };
  const { actions } = target;
  const metered: ActionsPort = {
    ...actions,
    logs: (...words) => reading(() => actions.logs(...words)),
    apply: (...words) => acting(() => actions.apply(...words)),
    delete: (...words) => acting(() => actions.delete(...words)),
    scale: (...words) => acting(() => actions.scale(...words)),
    setImage: (...words) => acting(() => actions.setImage(...words)),
    proxyGet: (...words) => acting(() => actions.proxyGet(...words)),
    powerOff: (...words) => acting(() => actions.powerOff(...words)),
    powerOn: (...words) => acting(() => actions.powerOn(...words)),
    createNamespace: (...words) => acting(() => actions.createNamespace(...words)),
  };
  return {
    target: {
      ...target,
      cluster,
      actions: metered,
      clock: {
        isVirtual: target.clock.isVirtual,
        now: () => target.clock.now(),
        async sleep(wait, signal) {
          // El plazo de cada lectura también duerme, pero se despierta antes de tiempo: ese no llega abajo.
          await target.clock.sleep(wait, signal);
          if (run && lastRead) run.failedAt = lastRead.from;
          slept = true;
        },
      },
    },
    clusterTime() {
      close();
      return settled;
    },
  };
}
