import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { battery } from './battery.ts';
import { type ConformanceRun, resultsFile, toText } from './result.ts';

const read = (target: 'taller' | 'maqueta') => readFileSync(path.join(import.meta.dirname, '../..', resultsFile(target)), 'utf8');
const runs = { taller: JSON.parse(read('taller')) as ConformanceRun, maqueta: JSON.parse(read('maqueta')) as ConformanceRun };

describe.each(['taller', 'maqueta'] as const)('el resultado guardado de %s', (target) => {
  const run = runs[target];

  it('es de la batería y del filtro de hoy', () => expect(run).toMatchObject({ target, ...battery }));

  it('lo ha escrito la orden, y nadie lo ha retocado', () => expect(toText(run)).toBe(read(target)));

  it('dice cuándo y cuánto', () => {
    expect(new Date(run.at).toISOString()).toBe(run.at);
    expect(run.seconds).toBeGreaterThan(0);
  });

  it('ninguna prueba está dos veces, y todas son del filtro', () => {
    const names = run.tests.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => !new RegExp(battery.focus).test(name) || new RegExp(battery.skip).test(name))).toEqual([]);
  });

  it('la que no pasa dice por qué, y solo ella', () => {
    expect(run.tests.filter(({ passes, why }) => passes === Boolean(why))).toEqual([]);
    for (const test of run.tests)
      expect(test).toEqual({ name: expect.any(String), passes: expect.any(Boolean), seconds: expect.any(Number), ...(test.why ? { why: test.why } : {}) });
  });
});

it('en los dos se han corrido las mismas', () => expect(runs.maqueta.tests.map(({ name }) => name)).toEqual(runs.taller.tests.map(({ name }) => name)));

it('en el taller pasan todas', () => expect(runs.taller.tests.filter(({ passes }) => !passes)).toEqual([]));
