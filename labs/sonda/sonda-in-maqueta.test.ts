import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifestFile } from '../cluster/manifests.ts';
import { openMaquetaTarget } from '../cluster/maqueta-target.ts';
import { Deployment } from '../engine/kinds.ts';
import type { Target } from '../engine/ports.ts';
import { errorCount, probeInLog, readFinalProbe, readProbe, sayProbe } from '../engine/probe-reading.ts';
import { isReadyPod } from '../engine/reading.ts';
import { createLabCluster } from '../lab-cluster.ts';

const root = join(import.meta.dirname, '../..');

describe('la sonda en la maqueta: el mismo guion, con el reloj virtual', () => {
  let target: Target;
  const cluster = () => createLabCluster(target, 'sonda', { read: (file) => readManifestFile(root, `manifests/${file}`), answers: async () => [] });
  const sleep = (time: `${number}s`) => target.clock.sleep(time, new AbortController().signal);
  const ask = (path: string) => cluster().proxyGet('sonda', 9090, path);

  beforeAll(async () => {
    target = await openMaquetaTarget({ freeze: true });
    await target.actions.createNamespace('sonda', {});
    for (const file of ['04-mundo-real/app.yaml', '04-mundo-real/deployment.yaml', '04-mundo-real/servicio.yaml', 'sonda/guion.yaml', 'sonda/sonda.yaml'])
      await cluster().apply(file);
    await sleep('60s');
  });
  afterAll(() => target.close());

  it('sesenta segundos a cincuenta por segundo son tres mil peticiones, ni una más ni una menos', async () => {
    const began = process.cpuUsage();
    const started = readProbe(await ask('/empezar?objetivo=http://web&duracion=60'));
    await sleep('63s');
    const result = readFinalProbe(await ask('/parar'), started);
    const { user, system } = process.cpuUsage(began);
    expect(sayProbe(result)).toBe('3000 peticiones, ninguna con error');
    expect(result.perSecond.requests).toEqual(Array(60).fill(50));
    // Entre cuatro, a 750 cada una; por debajo de 600 ya no sería un reparto al azar.
    expect(Object.values(result.answeredBy).map(({ requests }) => requests > 600)).toEqual([true, true, true, true]);
    expect(result.latency.all).toEqual(result.latency.succeeded);
    // La meta es un segundo de procesador; medido, 0,55 en la máquina de las pruebas.
    expect((user + system) / 1000).toBeLessThan(2000);
  });

  it('ve morir un proceso: lo que tenía en el aire se corta, lo siguiente se rechaza, y los demás siguen contestando', async () => {
    const started = readProbe(await ask('/empezar?objetivo=http://web'));
    await sleep('5s');
    const [victim] = (await cluster().pods('app=web')).filter(isReadyPod);
    const name = victim?.metadata.name ?? '';
    const marked = readProbe(await ask('/marca?texto=muere'));
    await cluster().proxyGet(name, 8080, '/muere');
    await sleep('20s');
    const result = readFinalProbe(await ask('/parar'), started);
    expect(result.marks).toEqual(marked.marks);
    const at = result.marks[0]?.at ?? 0;
    expect(result).toMatchObject({ marks: [{ text: 'muere' }], errors: { refused: expect.any(Number), dns: 0, timeout: 0, http5xx: 0 } });
    // Uno de cada cuatro turnos durante lo que tarda el kubelet en verlo muerto: un segundo como mucho, y la red.
    expect(errorCount(result)).toBeGreaterThanOrEqual(1);
    expect(errorCount(result)).toBeLessThan(30);
    for (const { start, duration, isOpen } of result.gaps) {
      expect(start).toBeGreaterThan(at - 20);
      expect(start + duration).toBeLessThan(at + 1500);
      expect(isOpen).toBe(false);
    }
    expect(result.gaps.reduce((sum, { errors }) => sum + errors, 0)).toBe(errorCount(result));
    // Vuelve y contesta otra vez: es el mismo Pod.
    expect(result.answeredBy[name]?.last).toBeGreaterThan(at + 4000);
    expect(Object.keys(result.answeredBy)).toHaveLength(4);
  });

  it('sin nadie detrás, el hueco dura hasta el final y se dice', async () => {
    await cluster().scale(Deployment, 'web', 0);
    await sleep('60s');
    const started = readProbe(await ask('/empezar?objetivo=http://web&ritmo=10'));
    await sleep('3s');
    const result = readFinalProbe(await ask('/parar'), started);
    expect(result.errors.refused).toBe(result.requests);
    expect(result.longestGap).toEqual({ start: 0, duration: result.elapsed, errors: result.requests, isOpen: true });
    expect(result.latency.succeeded).toBeNull();
  });

  it('un nombre que no existe es un error de DNS', async () => {
    const started = readProbe(await ask('/empezar?objetivo=http://nadie&ritmo=10'));
    await sleep('2s');
    const result = readFinalProbe(await ask('/parar'), started);
    expect(result.errors.dns).toBe(result.requests);
  });

  it('la misma pregunta hecha dos veces a /parar da el mismo resultado', async () => {
    expect(await ask('/parar')).toEqual(await ask('/resultado'));
    expect(readProbe(probeInLog(await cluster().logs('sonda')))).toEqual(readProbe(await ask('/resultado')));
  });

  it('si su Pod muere a mitad, lo que entrega la nueva no se da por bueno', async () => {
    const started = readProbe(await ask('/empezar?objetivo=http://web&ritmo=10'));
    const pod = await cluster().pod('sonda');
    if (pod) await cluster().delete(pod, { gracePeriod: '0s' });
    await sleep('5s');
    await cluster().apply('sonda/sonda.yaml');
    await sleep('30s');
    const answer = await ask('/parar');
    expect(() => readFinalProbe(answer, started)).toThrow('La sonda contestó 409: todavía no se mide nada: pide antes /empezar?objetivo=http://…');
    await ask('/empezar?objetivo=http://web&ritmo=10');
    const other = await ask('/parar');
    expect(() => readFinalProbe(other, started)).toThrow('La medida que entrega la sonda no es la que empezó');
  });

  it('guardar conexiones no se finge: se rechaza diciendo por qué', async () => {
    const answer = await ask('/empezar?objetivo=http://web&conexion=viva');
    expect(() => readProbe(answer)).toThrow('La sonda contestó 400: la maqueta abre una conexión por petición: no tiene Agent con keepAlive.');
  });
});
