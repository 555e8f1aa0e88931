import { describe, expect, it } from 'vitest';
import { judgeContrast, medianOf } from './judge.ts';
import { allowedBetween, margin } from './margin.ts';
import type { Reading } from './reading.ts';
import type { ContrastRecording, Run } from './recording.ts';
import { faultRun, faultTruth, pauseRun, pauseTruth, rounds } from './truth.ts';

const run = (reading: Partial<Reading>, served: Partial<Run['served']> = {}): Run => {
  const whole = { requests: faultRun.requests, errors: 60, unavailable: 60, p50: 12, p90: 62, p99: 203, max: 210, ...reading };
  return { reading: whole, served: { requests: whole.requests, errors: whole.unavailable, ...served } };
};
const pauseOf = (reading: Partial<Reading> = {}) =>
  run({ requests: pauseRun.requests, errors: 0, unavailable: 0, p50: 2, p90: pauseTruth.p90 + 4, p99: pauseTruth.p99 + 4, max: 2003, ...reading });

const good: ContrastRecording = {
  recordedAt: '2026-11-21T09:00:00Z',
  target: 'taller',
  kubernetes: 'v1.37.1',
  tool: 'fortio',
  repeated: 0,
  faults: Array.from({ length: rounds }, () => ({ probe: run({}), tool: run({ p50: 11, p90: 61, p99: 202 }) })),
  pause: { probe: pauseOf(), open: pauseOf(), closed: pauseOf({ p90: 2, p99: 5 }) },
};

const problems = (change: Partial<ContrastRecording>) =>
  judgeContrast({ ...good, ...change }).flatMap(({ title, problem }) => (problem ? [`${title}: ${problem}`] : []));
const everyPair = (probe: Run, tool: Run) => good.faults.map(() => ({ probe, tool }));

describe('el juicio del contraste', () => {
  it('uno bueno cumple todas sus afirmaciones', () => {
    expect(problems({})).toEqual([]);
    expect(judgeContrast(good).length).toBeGreaterThanOrEqual(15);
  });

  it.each(['p50', 'p90', 'p99'] as const)('si el %s de las dos difiere más que el margen, falla; si difiere una pizca menos, no', (name) => {
    const ours = run({}).reading[name];
    const allowed = allowedBetween(ours, ours);
    const verdictOf = (theirs: number) =>
      judgeContrast({ ...good, faults: everyPair(run({}), run({ [name]: theirs })) }).find(
        ({ title }) => title === `servicio con fallos: el ${name} de las dos coincide`,
      );
    expect(verdictOf(ours - allowed + 0.01)?.problem).toBeUndefined();
    expect(verdictOf(ours - allowed - 0.01)?.problem).toMatch(/^la sonda dice [\d,]+ ms y fortio -?[\d,]+ ms: se admiten [\d,]+ ms de diferencia$/);
  });

  it('se comparan las medianas: una ronda mala no basta para fallar, y tres de cinco sí', () => {
    const bad = { probe: run({ p99: 900 }), tool: run({}) };
    expect(problems({ faults: [bad, bad, ...good.faults.slice(2)] })).toEqual([]);
    expect(problems({ faults: [bad, bad, bad, ...good.faults.slice(3)] })).toEqual([
      'servicio con fallos: el p99 de las dos coincide: la sonda dice 900,0 ms y fortio 203,0 ms: se admiten 90,0 ms de diferencia',
      'servicio con fallos: el p99 de la sonda es el que el servidor pone: dice 900,0 ms y son 200,0 ms: se admiten 20,0 ms de diferencia',
    ]);
  });

  it('que las dos se equivoquen a la vez también se nota: el servidor sabe lo que tarda', () => {
    const wrong = run({ p90: 20 });
    expect(problems({ faults: everyPair(wrong, wrong) })).toEqual([
      'servicio con fallos: el p90 de la sonda es el que el servidor pone: dice 20,0 ms y son 60,0 ms: se admiten 10,0 ms de diferencia',
    ]);
  });

  it.each<[string, Run, string]>([
    ['falta una petición', run({ requests: 599 }, { requests: 600 }), 'en la medida 2 tocaban 600 peticiones y dice 599'],
    ['el servidor vio una de más', run({}, { requests: 601 }), 'en la medida 2 dice 600 peticiones y el servidor contó 601'],
    ['hay un error que el servidor no dio', run({ errors: 61 }), 'en la medida 2 dice 61 errores, pero solo 60 son un 503'],
    ['el servidor dio un error que no se contó', run({}, { errors: 61 }), 'en la medida 2 dice 60 errores y el servidor dio 61'],
  ])('si %s, falla en una sola medida', (_, bad, why) => {
    const [first, second, ...rest] = good.faults;
    if (!first || !second) throw new Error('faltan rondas');
    expect(problems({ faults: [first, { ...second, probe: bad }, ...rest] })).toEqual([
      `la sonda cuenta lo mismo que el servidor: ni una petición ni un error de más o de menos: ${why}`,
    ]);
    expect(problems({ faults: [first, { ...second, tool: bad }, ...rest] })).toEqual([`fortio cuenta lo mismo que el servidor: ${why}`]);
  });

  it('si las dos ven fallar partes distintas, o las dos una que no es, falla', () => {
    const share = (errors: number) => run({ errors, unavailable: errors });
    expect(problems({ faults: everyPair(share(60), share(67)) })).toEqual(['las dos ven fallar la misma parte, con 1 punto de margen: 10,0 % y 11,2 %']);
    expect(problems({ faults: everyPair(share(120), share(120)) })).toEqual([
      'las dos ven fallar la misma parte, con 1 punto de margen: 20,0 %, y el servidor falla un 10,0 %',
    ]);
  });

  it('con menos rondas que las declaradas no vale', () => {
    expect(problems({ faults: good.faults.slice(1) })).toEqual([`hay al menos ${rounds} medidas de cada herramienta: hay ${rounds - 1}`]);
  });

  it('una sonda que omitiera la parada se descubre, y una de una conexión que no la omitiera, también', () => {
    expect(problems({ pause: { ...good.pause, probe: pauseOf({ p90: 3, p99: 8 }) } })).toEqual([
      'servidor parado: el p90 de la sonda cuenta lo que esperó quien llegó entonces: dice 3,0 ms y son 1280,0 ms: se admiten 128,0 ms de diferencia',
      'servidor parado: el p90 de fortio con conexiones de sobra coincide: la sonda dice 3,0 ms y fortio 1284,0 ms: se admiten 128,4 ms de diferencia',
      'servidor parado: el p99 de la sonda cuenta lo que esperó quien llegó entonces: dice 8,0 ms y son 1940,0 ms: se admiten 194,0 ms de diferencia',
      'servidor parado: el p99 de fortio con conexiones de sobra coincide: la sonda dice 8,0 ms y fortio 1944,0 ms: se admiten 194,4 ms de diferencia',
    ]);
    expect(problems({ pause: { ...good.pause, closed: pauseOf() } })).toEqual([
      'servidor parado: con una sola conexión, fortio omite casi toda la espera: su p90 es de 1284,0 ms: la parada no se ha notado como debía',
    ]);
  });

  it('el margen es lo mayor de sus dos partes, y no da por bueno confundir un percentil con otro', () => {
    expect(allowedBetween(1, 2)).toBe(margin.milliseconds);
    expect(allowedBetween(1000, 2000)).toBe(2000 * margin.fraction);
    for (const [low, high] of [
      [faultTruth.p50, faultTruth.p90],
      [faultTruth.p90, faultTruth.p99],
      [pauseTruth.p90, pauseTruth.p99],
    ] as const)
      expect(high - low).toBeGreaterThan(2 * allowedBetween(low, high));
  });

  it('la mediana de un número par de medidas es el punto medio', () => {
    expect(medianOf([run({ p50: 1 }), run({ p50: 9 }), run({ p50: 2 }), run({ p50: 4 })]).p50).toBe(3);
  });
});
