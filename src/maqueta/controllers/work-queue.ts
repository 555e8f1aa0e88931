import type { Clock, Timer } from '../clock/clock.ts';
import { ApiError } from '../registry/api-error.ts';

export interface WorkQueue {
  add(key: string): void;
  /** Vuelve a mirar `key` dentro de `delay` ms. De varias esperas pedidas para la misma clave vale la que antes acabe. */
  addAfter(key: string, delay: number): void;
}

/** Los errores que da la API se reintentan cada vez más despacio. Sigue a client-go: util/workqueue/default_rate_limiters.go. */
const firstRetry = 5;
const lastRetry = 1_000_000;

/**
 * Cola de reconciliación, como client-go/util/workqueue: una clave pedida diez veces se atiende una.
 * `latency` es lo que tarda el controlador en enterarse y actuar, en ms virtuales.
 * Si `reconcile` devuelve `'retry'` o la API le dice que no, la clave vuelve a la cola.
 */
export function createWorkQueue(clock: Clock, latency: number, reconcile: (key: string) => unknown): WorkQueue {
  const waiting = new Set<string>();
  const delayed = new Map<string, { at: number; timer: Timer }>();
  const failures = new Map<string, number>();

  const attempt = (key: string): boolean => {
    try {
      return reconcile(key) !== 'retry';
    } catch (error) {
      // Cualquier otro error es un fallo de la maqueta y debe verse.
      if (!(error instanceof ApiError)) throw error;
      return false;
    }
  };

  const queue: WorkQueue = {
    add(key) {
      if (waiting.has(key)) return;
      waiting.add(key);
      clock.after(latency, () => {
        waiting.delete(key);
        if (attempt(key)) {
          failures.delete(key);
          return;
        }
        const times = failures.get(key) ?? 0;
        failures.set(key, times + 1);
        queue.addAfter(key, Math.min(firstRetry * 2 ** times, lastRetry));
      });
    },
    addAfter(key, delay) {
      const at = clock.now() + delay;
      const known = delayed.get(key);
      if (known && known.at <= at) return;
      known?.timer.cancel();
      const timer = clock.after(delay, () => {
        delayed.delete(key);
        queue.add(key);
      });
      delayed.set(key, { at, timer });
    },
  };
  return queue;
}
