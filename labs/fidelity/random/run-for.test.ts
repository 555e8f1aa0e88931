import { setTimeout as wait } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { runFor } from './run-for.ts';

it('el que está a medias cuando se acaba el tiempo no cuenta', async () => {
  const results = await runFor({
    count: 10,
    duration: 60,
    least: 1,
    atOnce: 2,
    check: async (index, signal) => (index < 2 ? index : wait(60_000, index, { signal })),
  });
  expect(results).toEqual([0, 1]);
});

it('si al acabarse el tiempo hay menos de los que hacen falta, se sigue hasta tenerlos', async () => {
  const results = await runFor({ count: 10, duration: 100, least: 3, atOnce: 1, check: async (index, signal) => wait(60, index, { signal }) });
  expect(results).toEqual([0, 1, 2]);
});

it('pero no para siempre: a las cinco veces el tiempo, se queda en lo que haya', async () => {
  const start = performance.now();
  const results = await runFor({
    count: 10,
    duration: 20,
    least: 3,
    atOnce: 1,
    check: async (index, signal) => wait(index < 1 ? 1 : 60_000, index, { signal }),
  });
  expect(results).toEqual([0]);
  expect(performance.now() - start).toBeGreaterThanOrEqual(99);
});

it('se para al acabar los casos, y un fallo que no es del tiempo se ve', async () => {
  expect(await runFor({ count: 3, duration: 60_000, least: 1, atOnce: 9, check: async (index) => index })).toHaveLength(3);
  const broken = runFor({ count: 3, duration: 60_000, least: 1, atOnce: 1, check: async () => Promise.reject(new Error('roto')) });
  await expect(broken).rejects.toThrow('roto');
});
