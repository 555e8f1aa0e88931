import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { podNamed } from '../testing/objects.ts';
import { isReady, podCount, satisfies } from './checks.ts';
import { parseDuration } from './duration.ts';
import { LabError } from './lab-error.ts';
import type { Duration, KubeObject } from './ports.ts';
import { consistently, eventually, type Waiting } from './wait.ts';

function createWorld(options: { isVirtual?: boolean } = {}) {
  const clock = createFakeClock(options);
  const stop = new AbortController();
  const waits: Waiting[] = [];
  return { clock, stop, waits, world: { clock, signal: stop.signal, onWaiting: (waiting: Waiting) => void waits.push(waiting) } };
}

const failure = async (promise: Promise<unknown>): Promise<LabError> => {
  const error = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(LabError);
  return error as LabError;
};

test('espera hasta que se cumple y devuelve lo leído', async () => {
  const { clock, world } = createWorld();
  let pod: KubeObject | undefined;
  clock.at(2000, () => (pod = podNamed('web-0')));
  clock.at(5000, () => (pod = podNamed('web-0', { isReady: true })));
  const ready = await eventually(async () => pod, isReady(), { within: '60s' }, world);
  expect(ready.metadata.name).toBe('web-0');
  expect(clock.now()).toBe(5000);
});

test('el mensaje de plazo agotado dice qué se esperaba y el último desajuste', async () => {
  const { clock, world } = createWorld();
  const error = await failure(eventually(async () => [podNamed('web-0')], podCount(3), { within: '60s' }, world));
  expect(error.code).toBe('NOT_YET');
  expect(error.message).toBe('Pasaron 1 min 0 s y no se cumple: 3 Pods. Lo último: Pods: hay 1: web-0, se esperaba 3.');
  expect(error.mismatch).toEqual({ path: 'Pods', expected: '3', found: '1: web-0' });
  expect(clock.now()).toBe(60_000);
});

test('mientras espera lo cuenta: al cambiar y una vez por segundo', async () => {
  const { clock, waits, world } = createWorld();
  let count = 0;
  clock.at(600, () => (count = 1));
  clock.at(3000, () => (count = 2));
  await eventually(
    async () => count,
    satisfies<number>('cuenta', '2', (value) => value === 2),
    { within: '10s' },
    world,
  );
  expect(waits.map(({ elapsed, found }) => `${elapsed} ${found}`)).toEqual([
    '0 cuenta: hay 0, se esperaba 2',
    '750 cuenta: hay 1, se esperaba 2',
    '1750 cuenta: hay 1, se esperaba 2',
    '2750 cuenta: hay 1, se esperaba 2',
  ]);
});

test('con stable exige lecturas seguidas: un parpadeo vuelve a empezar la cuenta', async () => {
  const { world } = createWorld();
  const readings = [true, false, true, true, true];
  let reads = 0;
  await eventually(
    async () => readings[reads++],
    satisfies<boolean | undefined>('luz', 'encendida', (value) => value === true),
    { within: '10s', stable: 3 },
    world,
  );
  expect(reads).toBe(5);
});

test('lo que no va a sanar corta la espera y dice por qué', async () => {
  const { clock, world } = createWorld();
  const pod = podNamed('web-0', {
    phase: 'Pending',
    status: { phase: 'Pending', containerStatuses: [{ state: { waiting: { reason: 'ImagePullBackOff' } } }] },
  });
  const error = await failure(eventually(async () => pod, isReady(), { within: '60s' }, world));
  expect(error.code).toBe('STOPPED');
  expect(error.message).toBe(
    'No va a sanar: web-0 está en ImagePullBackOff; revisa el campo image. Se esperaba: el Pod está Ready; status.conditions[Ready]: hay Pending (ImagePullBackOff), se esperaba True.',
  );
  expect(clock.now()).toBe(0);
});

test('un permiso que falta para al momento: no parece un Pod lento', async () => {
  const { clock, world } = createWorld();
  const denied = new LabError('falta permiso para leer pods', { code: 'ENVIRONMENT' });
  await expect(eventually(() => Promise.reject(denied), isReady(), { within: '60s' }, world)).rejects.toBe(denied);
  expect(clock.now()).toBe(0);
});

test('un tropiezo se tolera, y si acaba el plazo enseña también la última lectura buena', async () => {
  const { world } = createWorld();
  let reads = 0;
  const read = async () => {
    if (reads++ > 0) throw new LabError('el clúster no responde (ECONNREFUSED)', { code: 'ENVIRONMENT', canHeal: true });
    return [podNamed('web-0')];
  };
  const error = await failure(eventually(read, podCount(2), { within: '1s' }, world));
  expect(error.message).toBe(
    'Pasaron 1,0 s y no se cumple: 2 Pods. Lo último: la lectura falla (el clúster no responde (ECONNREFUSED)); en la última buena, Pods: hay 1: web-0, se esperaba 2.',
  );
});

test('una comprobación que lanza es un fallo nuestro y llega tal cual', async () => {
  const { world } = createWorld();
  const bug = new TypeError('no se puede leer eso');
  await expect(eventually(async () => 1, { describe: 'x', test: () => { throw bug; } }, { within: '1s' }, world)).rejects.toBe(bug); // biome-ignore format: en una línea se lee mejor
});

test('un servidor que acepta y calla no alarga el plazo', async () => {
  const { clock, world } = createWorld({ isVirtual: false });
  const error = await failure(eventually(() => new Promise<KubeObject[]>(() => undefined), podCount(1), { within: '30s' }, world));
  expect(error.message).toBe('Pasaron 30,0 s y no se cumple: 1 Pod. Lo último: la lectura falla (el servidor no ha contestado a tiempo).');
  expect(clock.now()).toBe(30_000);
});

test('con reloj de verdad mira más a menudo: lo que tarda en darse cuenta lo espera una persona', async () => {
  for (const [isVirtual, noticedAt] of [
    [true, 1250],
    [false, 1100],
  ] as const) {
    let now = 0;
    const sleep = async (wait: Duration) => {
      // El plazo de una lectura no llega a cumplirse: contesta antes.
      if (parseDuration(wait) > 1000) await new Promise(() => undefined);
      now += parseDuration(wait);
    };
    const clock = { isVirtual, now: () => now, sleep };
    await eventually(async () => now > 1010, satisfies('listo', 'sí', Boolean), { within: '60s' }, { ...createWorld().world, clock });
    expect(now).toBe(noticedAt);
  }
});

test('Ctrl-C no es lo mismo que agotar el plazo', async () => {
  const { clock, stop, world } = createWorld();
  clock.at(2000, () => stop.abort());
  const error = await failure(eventually(async () => [], podCount(1), { within: '60s' }, world));
  expect(error.code).toBe('ABORTED');
});

test('lo que no debe pasar falla a la primera violación y dice cuándo', async () => {
  const { clock, world } = createWorld();
  let pods = [podNamed('web-0')];
  clock.at(3200, () => (pods = [...pods, podNamed('web-1')]));
  const error = await failure(consistently(async () => pods, podCount(1), { during: '10s' }, world));
  expect(error.code).toBe('BROKEN');
  expect(error.message).toBe('Debía cumplirse durante 10,0 s y se rompió a los 3,3 s: 1 Pod; Pods: hay 2: web-0, web-1, se esperaba 1.');
});

test('lo que se mantiene todo el plazo pasa, ni antes ni después', async () => {
  const { clock, world } = createWorld();
  await consistently(async () => [podNamed('web-0')], podCount(1), { during: '10s' }, world);
  expect(clock.now()).toBe(10_000);
});

test('lo que no se ha podido ver no se afirma', async () => {
  const { world } = createWorld();
  const down = new LabError('el clúster no responde (ECONNREFUSED)', { code: 'ENVIRONMENT', canHeal: true });
  const error = await failure(consistently(() => Promise.reject(down), podCount(0), { during: '2s' }, world));
  expect(error.message).toBe('Debía cumplirse durante 2,0 s: 0 Pods; al acabar, la lectura falla (el clúster no responde (ECONNREFUSED)).');
});
