import type { World } from '../world.ts';
import { createClusterCache } from './cluster-cache.ts';
import type { FilterContext } from './filters/filter.ts';
import { createNominations } from './nominations.ts';
import { createPodReader } from './pod-reader.ts';
import { createScheduleOne, type SchedulerParts } from './schedule-one.ts';
import { createSchedulingQueue } from './scheduling-queue.ts';
import { createVolumeBinder } from './volume-binder.ts';
import { namespaceLabelsFrom } from './wake-rules.ts';
import { watchCluster } from './watch-cluster.ts';

/** Lo que tarda en enterarse de un Pod, elegir nodo y escribirlo: entre 2 y 4 ms. */
const quickest = 2;
const spread = 3;

/** El planificador por defecto. Nada ocurre hasta que avanza el reloj. */
export function startScheduler(world: World): void {
  const { clock, store } = world;
  const jitter = world.random.fork('planificador: ritmo');
  const cluster = createClusterCache();
  const context: FilterContext = { cluster, store, namespaceLabels: namespaceLabelsFrom(store) };
  const pods = createPodReader(store);

  // Uno cada vez, como el real: el siguiente ya ve dónde quedó este.
  let isBusy = false;
  const work = () => {
    if (isBusy || !queue.hasReady) return;
    isBusy = true;
    clock.after(quickest + jitter.integer(spread), () => {
      const next = queue.pop();
      if (next) scheduleOne(next);
      isBusy = false;
      work();
    });
  };
  const queue = createSchedulingQueue(clock, work);
  const parts: SchedulerParts = { world, cluster, queue, nominations: createNominations(), volumes: createVolumeBinder(world), context, pods };
  const scheduleOne = createScheduleOne(parts);
  watchCluster(parts);
}
