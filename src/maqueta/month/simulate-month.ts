import { createMaqueta, type Maqueta } from '../maqueta.ts';
import { type ServiceChange, type ServiceWatch, watchService } from './watch-service.ts';
import { namespace, type WorkloadOptions, workload } from './workload.ts';

export interface MonthOptions extends WorkloadOptions {
  seed: number;
  days: number;
  /** `pod`: muere un Pod y su controlador lo repone. `node`: se corta la luz de un nodo y vuelve cuando se repara. */
  failure: 'pod' | 'node';
  /** Tiempo medio que una pieza funciona hasta averiarse, en milisegundos; exponencial. */
  mtbf: number;
}

export interface MonthHistory {
  /** Lo que duró, en milisegundos virtuales. */
  horizon: number;
  failures: number;
  /** Lo que estuvieron apagadas las máquinas, sumado. Con averías de Pod, 0. */
  off: number;
  /** Del principio al final; el primero es el estado al empezar. */
  changes: readonly ServiceChange[];
}

const day = 86_400_000;
/** Más de lo que tarda en arrancar todo, sin averías. */
const settling = 10 * 60_000;

/**
 * Días enteros con averías al azar, medidos por lo que cambia y no pregunta a pregunta: entre dos cambios no pasa nada que
 * contar. Empieza con todas las réplicas listas. La misma semilla da la misma historia.
 */
export function simulateMonth(options: MonthOptions): MonthHistory {
  const { seed, days, replicas, placement, failure, mtbf, repair } = options;
  const maqueta = createMaqueta({
    seed,
    nodes: Array.from({ length: placement === 'perNode' ? replicas : Math.max(3, replicas) }, (_, n) => ({ name: `nodo${n + 1}` })),
  });
  const { clock, world } = maqueta;
  const random = world.random.fork('averías');
  let isRunning = false;
  let failures = 0;
  let off = 0;
  let offNow = 0;
  let offSince = 0;
  /** Apaga o enciende una máquina más: hasta ahora había `offNow`. */
  const countOff = (change: number) => {
    off += offNow * (clock.now() - offSince);
    offSince = clock.now();
    offNow += change;
    watch.look();
    plan();
  };
  const failing = failure === 'pod' ? failPods(maqueta) : failNodes(maqueta, () => random.exponential(repair), countOff);
  const watch: ServiceWatch = watchService(maqueta, () => plan());
  const planned = new Set<string>();
  /** Cada pieza que empieza a funcionar tiene ya escrita su próxima avería. */
  const plan = () => {
    if (!isRunning) return;
    for (const piece of failing.working(watch)) {
      if (planned.has(piece)) continue;
      planned.add(piece);
      clock.after(random.exponential(mtbf), () => {
        planned.delete(piece);
        if (!failing.fail(piece, watch)) return plan();
        failures += 1;
        watch.look();
      });
    }
  };

  // Con averías de nodo repara la máquina; el Pod solo tiene que arrancar.
  for (const { resource, object } of workload({ ...options, repair: failure === 'pod' ? repair : 0 })) world.registry.create(resource, object);
  const limit = clock.now() + settling + repair * 50;
  while (watch.listed.size < replicas) if (!clock.step(limit)) throw new Error(`En la maqueta no llegan a estar listas las ${replicas} réplicas`);
  watch.restart();
  isRunning = true;
  plan();
  clock.advance(days * day);
  countOff(0);
  return { horizon: days * day, failures, off, changes: watch.changes };
}

/** Qué piezas funcionan, y cómo se estropea una. `fail` devuelve si seguía ahí. */
interface Failing {
  working(watch: ServiceWatch): Iterable<string>;
  fail(piece: string, watch: ServiceWatch): boolean;
}

const failPods = ({ world }: Maqueta): Failing => ({
  working: (watch) => watch.listed.keys(),
  fail(uid, watch) {
    const victim = watch.listed.get(uid);
    if (!victim) return false;
    world.registry.delete('pods', namespace, victim.pod, { gracePeriodSeconds: 0 });
    return true;
  },
});

const failNodes = ({ clock, machines }: Maqueta, repairTime: () => number, onOff: (change: 1 | -1) => void): Failing => ({
  working: () => machines.names.filter((name) => machines.isUp(name)),
  fail(name) {
    machines.powerOff(name);
    onOff(1);
    clock.after(repairTime(), () => {
      machines.powerOn(name);
      onOff(-1);
    });
    return true;
  },
});
