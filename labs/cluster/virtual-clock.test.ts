import { expect, test } from 'vitest';
import { createClock } from '../../src/maqueta/clock/clock.ts';
import { createFollowProgress } from './follow-progress.ts';
import { createVirtualClock } from './virtual-clock.ts';

const never = new AbortController().signal;

function createWorld() {
  const virtual = createClock(0);
  const progress = createFollowProgress();
  let revision = 0;
  let synced = 0;
  const { clock, drive } = createVirtualClock(
    {
      clock: virtual,
      get revision() {
        return revision;
      },
      syncWatches: () => {
        synced += 1;
        return revision;
      },
    },
    progress,
  );
  return { virtual, clock, drive, progress, write: () => void (revision += 1), synced: () => synced, revision: () => revision };
}

test('dormir adelanta justo lo pedido y corre lo que haya por el camino', async () => {
  const { virtual, clock } = createWorld();
  const seen: number[] = [];
  virtual.after(300, () => seen.push(clock.now()));
  virtual.after(1500, () => seen.push(clock.now()));
  await clock.sleep('1s', never);
  expect(clock.now()).toBe(1000);
  expect(seen).toEqual([300]);
});

test('un día virtual no tarda un día', async () => {
  const { clock } = createWorld();
  const start = performance.now();
  await clock.sleep('1440m', never);
  expect(clock.now()).toBe(86_400_000);
  expect(performance.now() - start).toBeLessThan(1000);
});

test('tras un cambio, el reloj no sigue hasta que el watch lo ha visto', async () => {
  const { virtual, clock, progress, write, synced } = createWorld();
  const watch = progress.open();
  virtual.after(100, write);
  let isAwake = false;
  const sleeping = clock.sleep('1s', never).then(() => (isAwake = true));
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(isAwake).toBe(false);
  expect(clock.now()).toBe(100);
  expect(synced()).toBeGreaterThan(1);
  watch.saw('1');
  await sleeping;
  expect(clock.now()).toBe(1000);
});

test('un watch que se cierra deja de retener el reloj', async () => {
  const { virtual, clock, progress, write } = createWorld();
  const watch = progress.open();
  virtual.after(100, write);
  const sleeping = clock.sleep('1s', never);
  setTimeout(() => watch.close(), 10);
  await sleeping;
  expect(clock.now()).toBe(1000);
});

test('dos esperas a la vez no se suman: cada una despierta a su hora', async () => {
  const { clock } = createWorld();
  const woke: string[] = [];
  await Promise.all([
    clock.sleep('200ms', never).then(() => woke.push(`b ${clock.now()}`)),
    clock.sleep('100ms', never).then(() => woke.push(`a ${clock.now()}`)),
  ]);
  expect(woke).toEqual(['a 100', 'b 200']);
});

test('una petición a un Pod hace pasar el tiempo que tarda, y ni un instante más', async () => {
  const { virtual, drive, clock } = createWorld();
  virtual.after(5000, () => undefined);
  const answer = new Promise<string>((resolve) => void virtual.after(40, () => resolve('hola')));
  expect(await drive(answer)).toBe('hola');
  expect(clock.now()).toBe(40);
});

test('Ctrl-C corta la espera sin llegar al final', async () => {
  const { virtual, clock } = createWorld();
  const stop = new AbortController();
  virtual.after(100, () => stop.abort());
  await expect(clock.sleep('60s', stop.signal)).rejects.toMatchObject({ code: 'ABORTED' });
  expect(clock.now()).toBe(100);
});

test('los instantes que se enseñan son milisegundos enteros', async () => {
  const { virtual, drive, clock } = createWorld();
  const answer = new Promise<void>((resolve) => void virtual.after(1.36, () => resolve()));
  await drive(answer);
  expect(clock.now()).toBe(1);
  await clock.sleep('250ms', never);
  expect(clock.now()).toBe(251);
});
