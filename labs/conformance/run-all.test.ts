import { expect, test } from 'vitest';
import { longestFirst, runAll } from './run-all.ts';

const names = ['a [Serial]', 'b', 'c', 'd [Serial]', 'e'];

/** Corre todas con pruebas que duran un turno, y apunta cuántas había en marcha al empezar cada una. */
async function watch(lane: { width: number; isIsolated: boolean }) {
  const running = new Set<string>();
  const seen: string[] = [];
  const results = await runAll(names, lane, async (name, index) => {
    running.add(name);
    seen.push([...running].join(' + '));
    await new Promise((resolve) => setImmediate(resolve));
    running.delete(name);
    return { name, passes: true, seconds: index };
  });
  return { seen, results };
}

test('en un clúster compartido, las [Serial] van al final y solas', async () => {
  const { seen } = await watch({ width: 2, isIsolated: false });
  expect(seen).toEqual(['b', 'b + c', 'c + e', 'a [Serial]', 'd [Serial]']);
});

test('con un clúster para cada una, las [Serial] no esperan a nadie', async () => {
  const { seen } = await watch({ width: 2, isIsolated: true });
  expect(seen).toEqual(['a [Serial]', 'a [Serial] + b', 'b + c', 'c + d [Serial]', 'd [Serial] + e']);
});

test('los resultados salen en el orden de la lista, y cada una sabe el suyo', async () => {
  const { results } = await watch({ width: 3, isIsolated: false });
  expect(results.map(({ name, seconds }) => [name, seconds])).toEqual(names.map((name, index) => [name, index]));
});

test('empiezan las que más tardaron la última vez: una larga al final deja los demás sitios vacíos', () => {
  const usual = new Map([
    ['b', 4],
    ['c', 108],
    ['e', 30],
  ]);
  // De la que no se sabe nada, mejor pronto.
  expect(longestFirst(['b', 'c', 'nueva', 'e'], usual)).toEqual(['nueva', 'c', 'e', 'b']);
});
