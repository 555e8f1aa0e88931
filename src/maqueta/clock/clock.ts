/**
 * Reloj virtual dirigido por sucesos: el tiempo solo avanza cuando alguien lo pide, de suceso en suceso.
 * Todas las duraciones son milisegundos; los instantes, milisegundos desde 1970 en UTC.
 * Dos sucesos del mismo instante corren en el orden en que se pidieron: la misma semilla da la misma historia.
 */
export interface Clock {
  now(): number;
  /** Corre `run` dentro de `delay` ms. */
  after(delay: number, run: () => void): Timer;
}

export interface Timer {
  cancel(): void;
}

interface Entry extends Timer {
  at: number;
  order: number;
  run: (() => void) | undefined;
}

export interface VirtualClock extends Clock {
  /** Instante del próximo suceso, o `undefined` si no queda ninguno. */
  next(): number | undefined;
  /** Corre todos los sucesos del próximo instante, si llega antes de `limit`. Devuelve si corrió alguno. */
  step(limit?: number): boolean;
  /** Adelanta `duration` ms, corriendo lo que haya por el camino. */
  advance(duration: number): void;
  /** Se llama cuando algo nuevo pasa a ser lo próximo: quien duerma hasta `next()` despertaría tarde. */
  onSooner(listener: () => void): void;
}

export function createClock(start: number): VirtualClock {
  const heap: Entry[] = [];
  let now = start;
  let order = 0;
  let sooner = () => {};

  const isBefore = (a: Entry, b: Entry) => a.at < b.at || (a.at === b.at && a.order < b.order);

  const push = (entry: Entry) => {
    let index = heap.push(entry) - 1;
    while (index > 0) {
      const parent = (index - 1) >> 1;
      const above = heap[parent] as Entry;
      if (!isBefore(entry, above)) break;
      heap[index] = above;
      index = parent;
    }
    heap[index] = entry;
  };

  const pop = (): Entry => {
    const top = heap[0] as Entry;
    const last = heap.pop() as Entry;
    if (heap.length > 0) {
      let index = 0;
      for (;;) {
        let child = index * 2 + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && isBefore(heap[child + 1] as Entry, heap[child] as Entry)) child += 1;
        if (!isBefore(heap[child] as Entry, last)) break;
        heap[index] = heap[child] as Entry;
        index = child;
      }
      heap[index] = last;
    }
    return top;
  };

  /** Quita los cancelados que hayan llegado a la cima. */
  const peek = (): Entry | undefined => {
    while (heap.length > 0 && !(heap[0] as Entry).run) pop();
    return heap[0];
  };

  const clock: VirtualClock = {
    now: () => now,
    after(delay, run) {
      const entry: Entry = {
        at: now + Math.max(0, delay),
        order: order++,
        run,
        cancel() {
          entry.run = undefined;
        },
      };
      push(entry);
      if (heap[0] === entry) sooner();
      return entry;
    },
    next: () => peek()?.at,
    step(limit = Number.POSITIVE_INFINITY) {
      const first = peek();
      if (!first || first.at > limit) return false;
      now = first.at;
      for (let entry = peek(); entry && entry.at === now; entry = peek()) {
        pop();
        const { run } = entry;
        entry.run = undefined;
        run?.();
      }
      return true;
    },
    advance(duration) {
      const until = now + duration;
      while (clock.step(until)) {
        // cada vuelta es un instante
      }
      now = until;
    },
    onSooner(listener) {
      sooner = listener;
    },
  };
  return clock;
}
