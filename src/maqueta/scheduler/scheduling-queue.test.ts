import { expect, it } from 'vitest';
import { createClock } from '../clock/clock.ts';
import { createSchedulingQueue } from './scheduling-queue.ts';

const start = () => {
  const clock = createClock(0);
  const queue = createSchedulingQueue(clock, () => undefined);
  const add = (name: string, priority = 0) => queue.add({ uid: name, namespace: 'default', name, priority });
  const fits = new Set(['NodeResourcesFit']);
  const take = () => {
    const taken = queue.pop();
    if (!taken) throw new Error('la cola está vacía');
    return taken;
  };
  return { clock, queue, add, fits, take };
};

it('saca por prioridad y, a igualdad, por orden de llegada', () => {
  const { queue, add } = start();
  add('a');
  add('b');
  add('c', 5);
  expect([queue.pop()?.name, queue.pop()?.name, queue.pop()?.name, queue.pop()?.name]).toEqual(['c', 'a', 'b', undefined]);
});

it('un aparcado no vuelve hasta que cambia algo que mira el filtro que lo descartó', () => {
  const { queue, add, fits, take } = start();
  add('a');
  queue.park(take(), fits);
  expect(queue.hasReady).toBe(false);
  queue.wake(['NodeAffinity'], () => true);
  expect(queue.hasReady).toBe(false);
  queue.wake(['NodeResourcesFit'], () => false);
  expect(queue.hasReady).toBe(false);
  queue.wake(['NodeResourcesFit'], () => true);
  expect(queue.pop()?.name).toBe('a');
});

it('quien aún espera su turno pasa detrás de los recién llegados, pero no espera si no hay nadie', () => {
  const { queue, add, fits, take } = start();
  add('fallido', 100);
  queue.park(take(), fits);
  queue.wake(['NodeResourcesFit'], () => true);
  add('nuevo');
  expect([queue.pop()?.name, queue.pop()?.name]).toEqual(['nuevo', 'fallido']);
});

it('cumplida la espera, vuelve a mandar la prioridad', () => {
  const { clock, queue, add, fits, take } = start();
  add('fallido', 100);
  queue.park(take(), fits);
  queue.wake(['NodeResourcesFit'], () => true);
  clock.advance(1000);
  add('nuevo');
  expect(queue.pop()?.name).toBe('fallido');
});

it('tras un error vuelve solo, a los 1, 2, 4, 8, 10 y 10 segundos', () => {
  const { clock, queue, add, take } = start();
  add('a');
  const waits: number[] = [];
  for (let turn = 0; turn < 6; turn++) {
    const before = clock.now();
    queue.retryLater(take());
    while (!queue.hasReady) clock.step();
    waits.push(clock.now() - before);
  }
  expect(waits).toEqual([1000, 2000, 4000, 8000, 10_000, 10_000]);
});

it('nadie pasa más de cinco minutos aparcado, y cada uno cuenta los suyos', () => {
  const { clock, queue, add, fits, take } = start();
  add('a');
  queue.park(take(), fits);
  clock.advance(60_000);
  add('b');
  queue.park(take(), fits);
  clock.advance(240_000);
  expect([queue.pop()?.name, queue.pop()?.name]).toEqual(['a', undefined]);
  clock.advance(60_000);
  expect(queue.pop()?.name).toBe('b');
});

it('lo olvidado no vuelve, ni aunque su espera acabe después', () => {
  const { clock, queue, add, take } = start();
  add('a');
  queue.retryLater(take());
  queue.forget('a');
  add('b');
  queue.forget('b');
  clock.advance(60_000);
  expect([queue.hasReady, queue.pop()]).toEqual([false, undefined]);
});
