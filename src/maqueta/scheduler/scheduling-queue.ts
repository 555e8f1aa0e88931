import type { Clock, Timer } from '../clock/clock.ts';
import { createHeap } from './heap.ts';

/** Un Pod que espera nodo. */
export interface QueuedPod {
  readonly uid: string;
  readonly namespace: string;
  readonly name: string;
  priority: number;
  /** Filtros que lo descartaron la última vez: dicen qué cambio puede ayudarle. */
  rejectedBy: ReadonlySet<string>;
}

export interface SchedulingQueue {
  add(pod: Pick<QueuedPod, 'uid' | 'namespace' | 'name' | 'priority'>): void;
  get(uid: string): QueuedPod | undefined;
  forget(uid: string): void;
  /** El siguiente, por prioridad y luego por orden de llegada. */
  pop(): QueuedPod | undefined;
  /** No cabe: espera a que cambie algo que pueda ayudarle. */
  park(pod: QueuedPod, rejectedBy: ReadonlySet<string>): void;
  /** Falló por otra causa: se repite solo, cada vez más tarde. */
  retryLater(pod: QueuedPod): void;
  /** Despierta a los aparcados que descartó alguno de esos filtros y que cumplan. */
  wake(plugins: readonly string[], canHelp: (pod: QueuedPod) => boolean): void;
  /** Cambió el propio Pod. */
  wakeOne(uid: string): void;
  readonly hasReady: boolean;
}

interface Entry extends QueuedPod {
  place: 'active' | 'backoff' | 'parked' | 'out';
  since: number;
  order: number;
  backoffUntil: number;
  failures: number;
  errors: number;
}

const second = 1000;
const initialBackoff = second;
const maxBackoff = 10 * second;
/** Lo más que un Pod pasa aparcado sin que se vuelva a mirar. */
const longestPark = 5 * 60 * second;

// Sigue a kube-scheduler: backend/queue/scheduling_queue.go y backoff_queue.go. Como SchedulerPopFromBackoffQ está activo
// desde 1.33, quien espera su turno creciente (1, 2, 4, 8, 10 s) pasa antes si el planificador no tiene otra cosa que hacer.
export function createSchedulingQueue(clock: Clock, onReady: () => void): SchedulingQueue {
  const entries = new Map<string, Entry>();
  const parked = new Set<Entry>();
  let order = 0;
  let flush: Timer | undefined;
  const goesFirst = (a: Entry, b: Entry) => (a.priority !== b.priority ? a.priority > b.priority : a.since !== b.since ? a.since < b.since : a.order < b.order);
  // Los que cambian de sitio no se buscan en el montículo: su papel viejo deja de valer.
  const active = createHeap<{ entry: Entry; order: number }>((a, b) => goesFirst(a.entry, b.entry));
  const backoff = createHeap<{ entry: Entry; order: number }>((a, b) => {
    const left = Math.floor(a.entry.backoffUntil / second);
    const right = Math.floor(b.entry.backoffUntil / second);
    return left === right ? goesFirst(a.entry, b.entry) : left < right;
  });
  let ready = 0;

  const leave = (entry: Entry) => {
    if (entry.place === 'active' || entry.place === 'backoff') ready -= 1;
    parked.delete(entry);
    entry.place = 'out';
    entry.order = order++;
  };

  const activate = (entry: Entry) => {
    leave(entry);
    ready += 1;
    if (clock.now() < entry.backoffUntil) {
      entry.place = 'backoff';
      backoff.push({ entry, order: entry.order });
    } else {
      entry.place = 'active';
      active.push({ entry, order: entry.order });
    }
    onReady();
  };

  const nextOf = (heap: typeof active): Entry | undefined => {
    for (let top = heap.peek(); top; top = heap.peek()) {
      if (top.order === top.entry.order && top.entry.place !== 'out') return top.entry;
      heap.pop();
    }
    return undefined;
  };

  const delayOf = (attempts: number) => Math.min(maxBackoff, initialBackoff * 2 ** (attempts - 1));

  const watchParked = () => {
    const [oldest] = parked;
    if (flush || !oldest) return;
    flush = clock.after(oldest.since + longestPark - clock.now(), () => {
      flush = undefined;
      for (const entry of [...parked]) if (clock.now() - entry.since >= longestPark) activate(entry);
      watchParked();
    });
  };

  return {
    add({ uid, namespace, name, priority }) {
      const entry: Entry = {
        uid,
        namespace,
        name,
        priority,
        rejectedBy: new Set(),
        place: 'out',
        since: clock.now(),
        order: 0,
        backoffUntil: 0,
        failures: 0,
        errors: 0,
      };
      entries.set(uid, entry);
      activate(entry);
    },
    get: (uid) => entries.get(uid),
    forget(uid) {
      const entry = entries.get(uid);
      if (!entry) return;
      leave(entry);
      entries.delete(uid);
    },
    pop() {
      for (let entry = nextOf(backoff); entry && entry.backoffUntil <= clock.now(); entry = nextOf(backoff)) activate(entry);
      const entry = nextOf(active) ?? nextOf(backoff);
      if (entry) leave(entry);
      return entry;
    },
    park(pod, rejectedBy) {
      const entry = entries.get(pod.uid);
      if (!entry) return;
      leave(entry);
      entry.failures += 1;
      entry.errors = 0;
      entry.rejectedBy = rejectedBy;
      entry.since = clock.now();
      entry.backoffUntil = entry.since + delayOf(entry.failures);
      entry.place = 'parked';
      parked.add(entry);
      watchParked();
    },
    retryLater(pod) {
      const entry = entries.get(pod.uid);
      if (!entry) return;
      leave(entry);
      entry.errors += 1;
      entry.since = clock.now();
      const ticket = entry.order;
      const delay = delayOf(entry.errors);
      entry.backoffUntil = entry.since + delay;
      clock.after(delay, () => {
        if (entry.order === ticket && entries.get(entry.uid) === entry) activate(entry);
      });
    },
    wake(plugins, canHelp) {
      if (parked.size === 0) return;
      for (const entry of [...parked]) if (plugins.some((plugin) => entry.rejectedBy.has(plugin)) && canHelp(entry)) activate(entry);
    },
    wakeOne(uid) {
      const entry = entries.get(uid);
      if (entry?.place === 'parked') activate(entry);
    },
    get hasReady() {
      return ready > 0;
    },
  };
}
