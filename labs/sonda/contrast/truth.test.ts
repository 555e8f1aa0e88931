import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifestFile } from '../../cluster/manifests.ts';
import { openMaquetaTarget } from '../../cluster/maqueta-target.ts';
import type { ManifestDocument, Target } from '../../engine/ports.ts';
import { readFinalProbe, readProbe } from '../../engine/probe-reading.ts';
import { createLabCluster } from '../../lab-cluster.ts';
import { readingOfProbe } from './reading.ts';
import { faultRun, faultTruth, onPurpose, pauseTruth } from './truth.ts';

const root = join(import.meta.dirname, '../../..');
const read = (file: string) => readManifestFile(root, `manifests/sonda/${file}`);

describe('lo que el servidor hace a propósito', () => {
  it('es lo que dice su manifiesto', async () => {
    expect(await environments()).toEqual({
      contraste: { replicas: 2, ...faulty, RETRASO: onPurpose.normal },
      'contraste-lento': { replicas: 1, ...faulty, RETRASO: onPurpose.slow },
      pausa: { replicas: 1, SE_PARA_EN: onPurpose.stopsAt, SE_PARA: onPurpose.stop },
    });
  });

  it('parado dos segundos a 50 por segundo, de 360 esperan 100: el p90 y el p99 salen de una cuenta', () => {
    const waits = Array.from({ length: 360 }, (_, index) => Math.max(0, index < 100 ? 2000 - 20 * index : 0)).sort((a, b) => a - b);
    expect(pauseTruth).toEqual({ p50: waits[179], p90: waits[323], p99: waits[356] });
  });
});

const faulty = { FALLA_UNA_DE: onPurpose.failsOneIn, TARDA_UNA_DE: onPurpose.tailOneIn, TARDA: onPurpose.tail };

interface Template {
  replicas: number;
  template: { spec: { containers: { env: { name: string; value: string }[] }[] } };
}

async function environments(): Promise<Record<string, Record<string, number>>> {
  const deployments = (await read('contraste.yaml')).filter(({ object }: ManifestDocument) => object.kind === 'Deployment');
  return Object.fromEntries(
    deployments.map(({ object }) => {
      const { replicas, template } = object.spec as Template;
      const env = template.spec.containers.flatMap((container) => container.env.map(({ name, value }) => [name, Number(value)] as const));
      return [object.metadata.name, { replicas, ...Object.fromEntries(env) }];
    }),
  );
}

describe('en la maqueta, donde nada más tarda', () => {
  let target: Target;
  beforeAll(async () => {
    target = await openMaquetaTarget({ freeze: true });
    await target.actions.createNamespace('contraste', {});
  });
  afterAll(() => target.close());

  it('la sonda ve el 10 % de errores y los tres percentiles que el servidor pone', async () => {
    const cluster = createLabCluster(target, 'contraste', { read, answers: async () => [] });
    const sleep = (time: `${number}s`) => target.clock.sleep(time, new AbortController().signal);
    for (const file of ['contraste.yaml', 'guion.yaml', 'sonda.yaml']) await cluster.apply(file);
    await sleep('60s');
    const ask = (path: string) => cluster.proxyGet('sonda', 9090, path);
    const { rate, requests } = faultRun;
    const started = readProbe(await ask(`/empezar?objetivo=http://contraste/una&ritmo=${rate}&duracion=${requests / rate}`));
    await sleep('10s');
    const reading = readingOfProbe(readFinalProbe(await ask('/parar'), started));
    expect(reading.requests).toBe(requests);
    // Cada Pod lleva su propia cuenta: entre los tres, el redondeo es de dos como mucho.
    expect(Math.abs(reading.unavailable - requests / onPurpose.failsOneIn)).toBeLessThanOrEqual(2);
    expect(reading.errors).toBe(reading.unavailable);
    for (const name of ['p50', 'p90', 'p99'] as const) {
      expect(reading[name]).toBeGreaterThanOrEqual(faultTruth[name]);
      expect(reading[name]).toBeLessThan(faultTruth[name] + 5);
    }
    let served = 0;
    for (const pod of await cluster.pods('app=contraste')) {
      const counts = JSON.parse((await cluster.proxyGet(pod.metadata.name, 8080, '/cuentas')).body) as Record<string, { requests: number }>;
      served += counts['/una']?.requests ?? 0;
    }
    expect(served).toBe(requests);
  });
});
