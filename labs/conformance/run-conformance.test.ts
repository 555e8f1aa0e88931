import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { battery } from './battery.ts';
import { exactly, type LaunchOptions } from './launch.ts';
import { openShared, type TestCluster } from './open-cluster.ts';
import { type ConformanceOptions, runConformance } from './run-conformance.ts';
import { ginkgoReport } from './testing/ginkgo-report.ts';

const passes = '[sig-apps] Deployment should pass [Conformance]';
const fails = '[sig-apps] ReplicaSet should fail [Conformance]';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bitacora-conformidad-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Hace de `e2e.test`: en el ensayo dice sus dos pruebas, y después deja el informe de la que le piden. */
async function fakeLaunch({ isRehearsal, focus, report }: LaunchOptions): Promise<void> {
  const state = (name: string) => (name === passes ? 'passed' : 'failed');
  const asked = [passes, fails].filter((name) => isRehearsal || focus === exactly(name));
  await writeFile(
    report,
    ginkgoReport(asked.map((name) => (isRehearsal ? { name, state: 'passed' } : { name, state: state(name), seconds: 2, message: 'el servidor dijo que no' }))),
  );
}

const cluster: TestCluster = openShared('kubeconfig');

function options(more: Partial<ConformanceOptions> = {}): ConformanceOptions {
  return {
    target: 'maqueta',
    programs: { battery: 'e2e.test', kubectl: 'kubectl' },
    lane: { width: 1, isIsolated: true, perTest: 240, whole: 600 },
    usual: new Map(),
    workFolder: path.join(folder, 'obra'),
    open: async () => cluster,
    launch: fakeLaunch,
    onProgress: () => undefined,
    onTest: () => undefined,
    now: () => Date.parse('2026-11-21T08:00:00Z'),
    signal: new AbortController().signal,
    ...more,
  };
}

describe('pasar la batería', () => {
  it('corre una a una las pruebas que ella misma dice tener, y cuenta cómo acaba cada una', async () => {
    const told: string[] = [];
    const run = await runConformance(options({ onTest: ({ name, passes }, done, total) => told.push(`${done} de ${total} ${passes} ${name}`) }));
    expect(run).toEqual({
      target: 'maqueta',
      ...battery,
      at: '2026-11-21T08:00:00.000Z',
      seconds: 0,
      tests: [
        { name: passes, passes: true, seconds: 2 },
        { name: fails, passes: false, why: 'el servidor dijo que no', seconds: 2 },
      ],
    });
    expect(told).toEqual([`1 de 2 true ${passes}`, `2 de 2 false ${fails}`]);
  });

  it('mientras, se ve cuál corre y por qué paso va', async () => {
    const details: (string | undefined)[] = [];
    await runConformance(
      options({
        onProgress: ({ detail }) => details.push(detail),
        launch: async (given) => {
          given.onStep?.('Creating a deployment');
          await fakeLaunch(given);
        },
      }),
    );
    expect(details).toContain('Deployment should pass · Creating a deployment');
  });

  it('una maqueta que se rompe por dentro no pasa, diga lo que diga la prueba', async () => {
    const run = await runConformance(options({ open: async () => ({ ...cluster, fault: () => new TypeError('x is undefined') }) }));
    expect(run.tests[0]).toEqual({ name: passes, passes: false, why: 'La maqueta falla: TypeError: x is undefined', seconds: 2 });
  });

  it('cada una cierra su clúster, también si no se puede correr', async () => {
    let open = 0;
    const counted = async () => {
      open += 1;
      return { ...cluster, close: async () => void (open -= 1) };
    };
    await runConformance(options({ open: counted }));
    const broken = options({ open: counted, launch: (given) => (given.isRehearsal ? fakeLaunch(given) : Promise.reject(new Error('no se ejecuta'))) });
    await expect(runConformance(broken)).rejects.toThrow('no se ejecuta');
    expect(open).toBe(0);
  });

  it('la que no deja informe no pasa', async () => {
    const run = await runConformance(options({ launch: (given) => (given.isRehearsal ? fakeLaunch(given) : Promise.resolve()) }));
    expect(run.tests.map(({ why }) => why)).toEqual(['Acabó sin dejar informe.', 'Acabó sin dejar informe.']);
  });

  it('a las que no les llega el turno antes del plazo de todas, se dice', async () => {
    let now = 0;
    const run = await runConformance(
      options({
        now: () => now,
        launch: async (given) => {
          if (!given.isRehearsal) now += 599_500;
          await fakeLaunch(given);
        },
      }),
    );
    expect(run.tests[1]).toEqual({ name: fails, passes: false, why: 'La pasada entera no acaba en 10 min y no le llegó el turno.', seconds: 0 });
  });

  it('Ctrl-C la corta: ni una prueba más, y nada se da por bueno', async () => {
    const stopping = new AbortController();
    const launched: string[] = [];
    const told: string[] = [];
    const cut = options({
      signal: stopping.signal,
      onTest: ({ name }) => told.push(name),
      launch: async (given) => {
        await fakeLaunch(given);
        if (given.isRehearsal) return;
        launched.push(given.focus);
        stopping.abort();
      },
    });
    await expect(runConformance(cut)).rejects.toMatchObject({ code: 'ABORTED', message: 'Interrumpido. No queda ninguna prueba en marcha.' });
    expect(launched).toHaveLength(1);
    expect(told).toEqual([]);
  });

  it('una batería que no dice qué pruebas tiene no se puede pasar', async () => {
    await expect(runConformance(options({ launch: async () => undefined }))).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: 'La batería de conformidad no ha dicho qué pruebas tiene.',
    });
  });
});

describe('el nombre de una prueba, como expresión regular', () => {
  it('casa con ella y con ninguna otra', () => {
    const focus = new RegExp(exactly('[sig-apps] StatefulSet (a/b) should. [Conformance]'));
    expect(focus.test('[sig-apps] StatefulSet (a/b) should. [Conformance]')).toBe(true);
    expect(focus.test('s StatefulSet a/b should! C')).toBe(false);
  });
});
