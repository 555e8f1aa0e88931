import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { traceInMaqueta } from './maqueta-run.ts';

it('cada escenario tiene un nombre propio, pasos y títulos que no se repiten', () => {
  expect(catalogue.length).toBeGreaterThanOrEqual(30);
  expect(new Set(catalogue.map(({ id }) => id)).size).toBe(catalogue.length);
  expect(new Set(catalogue.map(({ title }) => title)).size).toBe(catalogue.length);
  for (const { id, steps } of catalogue) {
    expect(steps.length, id).toBeGreaterThan(0);
    expect(new Set(steps.map(({ title }) => title)).size, id).toBe(steps.length);
  }
});

it('quien toca un nodo lo declara y lo deja como estaba', () => {
  for (const { id, nodes, cleanup, steps } of catalogue) {
    const touched = steps.flatMap(({ act = [] }) => act).filter((action) => 'patch' in action && action.patch.startsWith('Node/'));
    if (touched.length > 0)
      expect({ id, hasNodes: (nodes ?? []).length > 0, hasCleanup: (cleanup ?? []).length > 0 }).toEqual({ id, hasNodes: true, hasCleanup: true });
  }
});

it('la misma semilla da la misma traza, y otra semilla también: nada de lo que se compara depende del azar', async () => {
  const scenario = catalogue.find(({ id }) => id === 'statefulset-particion');
  if (!scenario) throw new Error('falta el escenario');
  const first = await traceInMaqueta(scenario, 1);
  expect(await traceInMaqueta(scenario, 1)).toEqual(first);
  expect(await traceInMaqueta(scenario, 7)).toEqual(first);
});
