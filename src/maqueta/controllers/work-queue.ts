import type { Clock } from '../clock/clock.ts';

export interface WorkQueue {
  add(key: string): void;
  /** Vuelve a mirar `key` dentro de `delay` ms, además de lo que ya hubiera pedido. */
  addAfter(key: string, delay: number): void;
}

/**
 * Cola de reconciliación, como client-go/util/workqueue: una clave pedida diez veces se atiende una.
 * `latency` es lo que tarda el controlador en enterarse y actuar, en ms virtuales.
 */
export function createWorkQueue(clock: Clock, latency: number, reconcile: (key: string) => void): WorkQueue {
  const waiting = new Set<string>();
  const queue: WorkQueue = {
    add(key) {
      if (waiting.has(key)) return;
      waiting.add(key);
      clock.after(latency, () => {
        waiting.delete(key);
        reconcile(key);
      });
    },
    addAfter: (key, delay) => {
      clock.after(delay, () => queue.add(key));
    },
  };
  return queue;
}
