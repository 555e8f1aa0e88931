import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readManifestFile } from './cluster/manifests.ts';
import { openMaquetaTarget } from './cluster/maqueta-target.ts';
import { allOf, replicasReady } from './engine/checks.ts';
import { Deployment } from './engine/kinds.ts';
import type { Target } from './engine/ports.ts';
import { noProbeErrors, probeErrorsAtLeast, probeRequestsAtLeast } from './engine/probe-checks.ts';
import { defineLab, type Step, step } from './lab.ts';
import { runLab } from './run-lab.ts';
import { createMemoryOutput } from './testing/memory-output.ts';
import { memoryScreen } from './testing/memory-screen.ts';
import { createRenderer } from './ui/renderer.ts';

const root = join(import.meta.dirname, '..');
const hints = ['¿?'];

describe('un paso que mide', () => {
  let target: Target;
  beforeEach(async () => {
    target = await openMaquetaTarget({ freeze: true });
  });
  afterEach(() => target.close());

  const run = async (steps: Step[]) => {
    const output = createMemoryOutput();
    const lab = defineLab({
      id: '04',
      slug: 'mundo-real',
      title: 'Prueba',
      proves: 'Nada',
      needs: {},
      images: [],
      steps,
      challenge: { title: 'Reto', brief: '', given: [], steps, wrong: {} },
    });
    const manifests = { read: (file: string) => readManifestFile(root, `manifests/04-mundo-real/${file}`), answers: async () => [] };
    const outcome = await runLab({ lab, mode: 'demo', target, output, signal: new AbortController().signal, manifests, suffix: 'mide' });
    return { events: output.events, outcome };
  };

  const ready = step(
    'listo',
    'El servicio está en marcha',
    async ({ cluster, eventually }) => {
      for (const file of ['app.yaml', 'deployment.yaml', 'servicio.yaml']) await cluster.apply(file);
      await eventually(() => cluster.get(Deployment, 'web'), replicasReady(4), { within: '90s' });
    },
    { points: 1, hints },
  );

  it('vuelve a empezar sin lo que falló antes, y deja una sola medida', async () => {
    const { events, outcome } = await run([
      ready,
      step(
        'tarde',
        'Lo de antes no cuenta',
        async ({ cluster, probe, eventually, expect }) => {
          await cluster.scale(Deployment, 'web', 0);
          await eventually(() => cluster.get(Deployment, 'web'), replicasReady(0), { within: '60s' });
          const running = await probe('desde que contesta', { target: 'http://web', rate: 20 });
          await running.mark('esto se pierde');
          await eventually(() => running.read(), probeErrorsAtLeast(), { within: '20s' });
          await cluster.scale(Deployment, 'web', 4);
          await eventually(() => cluster.get(Deployment, 'web'), replicasReady(4), { within: '90s' });
          await running.restart();
          await eventually(() => running.read(), probeRequestsAtLeast(40), { within: '10s' });
          expect(await running.stop(), noProbeErrors());
        },
        { points: 1, hints },
      ),
    ]);
    expect(outcome.outcome).toBe('done');
    expect(events.filter((event) => event.kind === 'stepMeasured')).toMatchObject([{ title: 'desde que contesta', result: { state: 'done', marks: [] } }]);
  });

  it('pone la sonda, mide, y deja la medida en sus sucesos y en la pantalla', async () => {
    const { events, outcome } = await run([
      ready,
      step(
        'cero',
        'Sin réplicas hay errores',
        async ({ cluster, probe, eventually, expect }) => {
          const running = await probe('quedarse sin nadie', { target: 'http://web', rate: 20 });
          await eventually(() => running.read(), allOf(probeRequestsAtLeast(60), noProbeErrors()), { within: '5s' });
          await running.mark('a cero');
          await cluster.scale(Deployment, 'web', 0);
          await eventually(() => running.read(), probeErrorsAtLeast(), { within: '20s' });
          expect(await running.stop(), probeErrorsAtLeast());
        },
        { points: 1, hints },
      ),
    ]);
    expect(events.find((event) => event.kind === 'stepEnded' && event.result !== 'ok')).toBeUndefined();
    expect(outcome.outcome).toBe('done');
    const measured = events.filter((event) => event.kind === 'stepMeasured');
    expect(measured).toMatchObject([
      { stepId: 'cero', title: 'quedarse sin nadie', result: { state: 'done', rate: 20, target: 'http://web/', marks: [{ text: 'a cero' }] } },
    ]);
    const screen = memoryScreen();
    for (const event of events) createRenderer(screen).emit(event);
    expect(screen.stdout()).toMatch(/lab-04 cero +SONDA +Sonda · quedarse sin nadie: 20 peticiones por segundo durante \d+,\d s\n/);
    expect(screen.stdout()).toMatch(/SONDA +1: \d,\d s, a cero\n/);
  });

  it('dos medidas a la vez, cada una de lo suyo: lo que le pasa a un servicio no sale en la cuenta del otro', async () => {
    const { events, outcome } = await run([
      ready,
      step(
        'dos',
        'Dos medidas',
        async ({ cluster, probe, eventually }) => {
          const sick = await probe('se queda sin nadie', { target: 'http://web', rate: 20 });
          const fine = await probe('la propia sonda', { target: 'http://sonda.invalid', rate: 10 });
          await cluster.scale(Deployment, 'web', 0);
          await eventually(() => sick.read(), probeErrorsAtLeast(5, 'refused'), { within: '20s' });
          await eventually(() => fine.read(), probeErrorsAtLeast(5, 'dns'), { within: '20s' });
          await sick.stop();
          await fine.stop();
        },
        { points: 1, hints },
      ),
    ]);
    expect(outcome.outcome).toBe('done');
    const measured = events.flatMap((event) => (event.kind === 'stepMeasured' ? [event] : []));
    expect(measured.map(({ title, result }) => `${title}: ${result.rate} a ${result.target}`)).toEqual([
      'se queda sin nadie: 20 a http://web/',
      'la propia sonda: 10 a http://sonda.invalid/',
    ]);
    expect(measured.map(({ result }) => [result.errors.refused > 0, result.errors.dns > 0])).toEqual([
      [true, false],
      [false, true],
    ]);
  });

  it('un paso que falla no deja a la sonda preguntando por detrás', async () => {
    await run([
      ready,
      step(
        'a-medias',
        'Falla con la medida abierta',
        async ({ probe, expect }) => {
          const running = await probe('abandonada', { target: 'http://web' });
          expect(await running.read(), probeRequestsAtLeast(1_000_000));
        },
        { points: 1, hints },
      ),
    ]);
    const { body } = await target.actions.proxyGet('lab-04-mide', 'sonda', 9090, '/resultado');
    expect(JSON.parse(body)).toMatchObject({ state: 'done', inFlight: 0 });
  });

  const lose = (again: 'otra sonda' | 'nadie') =>
    run([
      ready,
      step(
        'perdida',
        'La sonda se pierde',
        async ({ cluster, probe, eventually }) => {
          const running = await probe('perderla', { target: 'http://web' });
          await eventually(() => running.read(), probeRequestsAtLeast(20), { within: '5s' });
          const pod = await cluster.pod('sonda');
          if (pod) await cluster.delete(pod, { gracePeriod: '0s' });
          if (again === 'otra sonda') await probe('otra', { target: 'http://web' });
          await eventually(() => running.stop(), noProbeErrors(), { within: '5s' });
        },
        { points: 1, hints },
      ),
    ]);

  it.each([
    ['otra sonda', 'La sonda ha vuelto a empezar a mitad de «perderla»: lo medido se ha perdido, y a medias no se da por bueno.'],
    ['nadie', 'La sonda ya no está a mitad de «perderla»: lo medido se ha perdido, y a medias no se da por bueno.'],
  ] as const)('si la sonda muere a mitad y en su sitio hay %s, el paso se rompe y lo dice; no hay medida', async (again, message) => {
    const { events, outcome } = await lose(again);
    expect(outcome.outcome).toBe('notYet');
    expect(events.filter((event) => event.kind === 'stepMeasured')).toEqual([]);
    expect(events.find((event) => event.kind === 'stepEnded' && event.stepId === 'perdida')).toMatchObject({ result: 'broken', failure: { message } });
  });
});
