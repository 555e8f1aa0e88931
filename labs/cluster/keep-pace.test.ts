import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createClock } from '../../src/maqueta/clock/clock.ts';
import { keepPace, type Wall } from './keep-pace.ts';

/** Una pared que se mueve a mano, con un despertador como mucho puesto. */
function createWall() {
  let now = 5000;
  let alarm: { at: number; run: () => void } | undefined;
  let alarms = 0;
  const wall: Wall = {
    now: () => now,
    after(delay, run) {
      alarms += 1;
      const mine = { at: now + delay, run };
      alarm = mine;
      return () => {
        if (alarm === mine) alarm = undefined;
      };
    },
  };
  return {
    wall,
    /** Cuántas veces se ha puesto el despertador. */
    alarms: () => alarms,
    nextAlarm: () => alarm && alarm.at - now,
    async pass(milliseconds: number) {
      const until = now + milliseconds;
      while (alarm && alarm.at <= until) {
        const { at, run } = alarm;
        alarm = undefined;
        now = Math.max(now, at);
        run();
        for (let count = 0; count < 50; count++) await turn();
      }
      now = until;
    },
    jump: (milliseconds: number) => void (now += milliseconds),
  };
}

function start(speed = 1) {
  const clock = createClock(0);
  const control = createWall();
  const faults: unknown[] = [];
  const pace = keepPace({ clock, wall: control.wall, speed, onFault: (error) => void faults.push(error) });
  return { clock, pace, faults, ...control };
}

test.each([
  [1, [1000, 2000]],
  [20, [50, 100]],
])('a ×%d, lo que toca a los 1 y 2 s virtuales pasa a los %j ms de verdad', async (speed, expected) => {
  const { clock, wall, pass } = start(speed);
  const seen: number[] = [];
  for (const at of [1000, 2000]) clock.after(at, () => seen.push(wall.now() - 5000));
  await pass(3000);
  expect(seen).toEqual(expected);
});

test('sin nada que hacer no se despierta nunca: en reposo no gasta procesador', async () => {
  const { alarms, pass, nextAlarm } = start();
  await pass(3_600_000);
  expect([alarms(), nextAlarm()]).toEqual([0, undefined]);
});

test('entre suceso y suceso se pone un solo despertador, el del próximo', () => {
  const { clock, alarms, nextAlarm } = start();
  clock.after(60_000, () => undefined);
  clock.after(90_000, () => undefined);
  expect([alarms(), nextAlarm()]).toEqual([1, 60_000]);
  clock.after(10, () => undefined);
  expect([alarms(), nextAlarm()]).toEqual([2, 10]);
});

test('atender a alguien pone antes el reloj en hora, sin pasarse del próximo suceso', () => {
  const { clock, pace, jump } = start();
  clock.after(10_000, () => undefined);
  jump(1500);
  pace.catchUp();
  expect(clock.now()).toBe(1500);
});

test('lo que pide una promesa de un programa en un instante corre en ese instante', async () => {
  const { clock, pass, wall } = start();
  const seen: number[] = [];
  clock.after(100, () => void Promise.resolve().then(() => clock.after(0, () => seen.push(wall.now() - 5000))));
  await pass(100);
  expect(seen).toEqual([100]);
});

test('tras un parón largo no recupera lo perdido de golpe: el tiempo va más despacio', async () => {
  const { clock, pass, jump } = start();
  const seen: number[] = [];
  const beat = (): void =>
    void clock.after(1000, () => {
      seen.push(clock.now());
      beat();
    });
  beat();
  jump(3_600_000);
  await pass(0);
  await pass(5000);
  expect(seen.length).toBeLessThanOrEqual(7);
  expect(seen.length).toBeGreaterThanOrEqual(5);
});

test('un fallo de la maqueta se cuenta una vez y el reloj se para', async () => {
  const { clock, pass, faults, nextAlarm } = start();
  clock.after(10, () => {
    throw new TypeError('roto');
  });
  clock.after(20, () => undefined);
  await pass(100);
  expect(faults).toEqual([new TypeError('roto')]);
  expect(nextAlarm()).toBeUndefined();
});

test('parado, no corre nada más', async () => {
  const { clock, pace, pass, nextAlarm } = start();
  let ran = false;
  clock.after(10, () => (ran = true));
  pace.stop();
  await pass(1000);
  expect([ran, nextAlarm()]).toEqual([false, undefined]);
});
