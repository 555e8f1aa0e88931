import { expect, test } from 'vitest';
import { satisfies } from '../../engine/checks.ts';
import { consistently, eventually } from '../../engine/wait.ts';
import { createFakeClock } from '../../testing/fake-clock.ts';
import { fakeTarget } from '../../testing/fake-target.ts';
import { podNamed } from '../../testing/objects.ts';
import { meterTarget } from './meter.ts';

const Pod = { apiVersion: 'v1', kind: 'Pod' };
const arrived = satisfies<unknown>('Pod', 'está', (pod) => pod !== undefined);

/** Un clúster donde leer tarda 10 ms, mandar 40, y el Pod aparece a los `appearsAt` ms. */
function createWorld(appearsAt: number) {
  const clock = createFakeClock();
  const start = clock.now();
  const signal = new AbortController().signal;
  const target = fakeTarget({ id: 'taller', clock: { ...clock, isVirtual: true } });
  target.cluster.get = async () => {
    const found = clock.now() - start >= appearsAt ? podNamed('x') : undefined;
    await clock.sleep('10ms', signal);
    return found;
  };
  target.actions.scale = async () => clock.sleep('40ms', signal);
  const meter = meterTarget(target, () => clock.now());
  const world = { clock: meter.target.clock, signal, onWaiting: () => undefined };
  return {
    elapsed: () => clock.now() - start,
    clusterTime: () => meter.clusterTime(),
    scale: () => meter.target.actions.scale(Pod, 'x', 'x', 1),
    read: () => meter.target.cluster.get(Pod, 'x', 'x'),
    wait: () => eventually(() => meter.target.cluster.get(Pod, 'x', 'x'), arrived, { within: '10s' }, world),
    hold: () =>
      consistently(
        () => meter.target.cluster.get(Pod, 'x', 'x'),
        satisfies<unknown>('Pod', 'no está', (pod) => pod === undefined),
        { during: '1s' },
        world,
      ),
  };
}

test('lo que se manda hacer es del clúster; leer una vez, del ejecutor', async () => {
  const { scale, read, clusterTime, elapsed } = createWorld(0);
  await scale();
  await read();
  await read();
  expect({ cluster: clusterTime(), total: elapsed() }).toEqual({ cluster: 40, total: 60 });
});

test('de una espera, hasta la última lectura que decía que no; del resto responde el ejecutor', async () => {
  const { wait, clusterTime, elapsed } = createWorld(1000);
  await wait();
  // Lecturas a los 0, 260, 520, 780 (aún no) y 1040 (ya).
  expect({ cluster: clusterTime(), total: elapsed() }).toEqual({ cluster: 780, total: 1050 });
});

test('lo que ya estaba no ha tardado nada', async () => {
  const { wait, clusterTime, elapsed } = createWorld(0);
  await wait();
  expect({ cluster: clusterTime(), total: elapsed() }).toEqual({ cluster: 0, total: 10 });
});

test('dos esperas seguidas no se prestan tiempo', async () => {
  const { wait, clusterTime } = createWorld(1000);
  await wait();
  await wait();
  await wait();
  expect(clusterTime()).toBe(780);
});

test('mirar que algo no pasa es lo que el laboratorio pide: solo la última mirada es del ejecutor', async () => {
  const { hold, clusterTime, elapsed } = createWorld(Number.POSITIVE_INFINITY);
  await hold();
  // Lecturas a los 0, 260, 520, 780 y 1000.
  expect({ cluster: clusterTime(), total: elapsed() }).toEqual({ cluster: 780, total: 1010 });
});
