import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LabError } from '../engine/lab-error.ts';
import { fakeTarget } from '../testing/fake-target.ts';
import { watchPodMemory } from './pod-memory.ts';

const pod = (...memory: string[]) => ({
  apiVersion: 'metrics.k8s.io/v1beta1',
  kind: 'PodMetrics',
  metadata: { name: 'x', uid: '', resourceVersion: '', creationTimestamp: '' },
  containers: memory.map((amount) => ({ usage: { memory: amount } })),
});

async function measure(...readings: (() => ReturnType<typeof pod>[])[]): Promise<number | undefined> {
  const { cluster } = fakeTarget();
  cluster.list = async () => ({ items: readings.shift()?.() ?? [], resourceVersion: '1' });
  const watch = watchPodMemory(cluster, 'lab-04-x', async () => pause(1));
  while (readings.length > 0) await pause(1);
  return watch.stop();
}

test('es lo más que ocuparon a la vez, sumados todos los contenedores', async () => {
  const measured = await measure(
    () => [pod('1Mi')],
    () => [pod('2Mi', '512Ki'), pod('100')],
    () => [pod('2Mi')],
  );
  expect(measured).toBe(2.5 * 1024 ** 2 + 100);
});

test('sin metrics-server no se inventa un cero', async () => {
  const missing = () => {
    throw new LabError('El clúster no conoce el tipo PodMetrics', { code: 'ENVIRONMENT' });
  };
  expect(await measure(missing, () => [])).toBeUndefined();
});
