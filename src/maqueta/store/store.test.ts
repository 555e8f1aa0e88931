import { expect, test } from 'vitest';
import type { KubeObject } from '../object.ts';
import { resources } from '../schema/resources.generated.ts';
import { createStore } from './store.ts';

const config = (name: string, namespace = 'a', labels: Record<string, string> = {}): KubeObject => ({
  apiVersion: 'v1',
  kind: 'ConfigMap',
  metadata: { name, namespace, labels },
});
const create = (history = 4) => createStore(resources, { history, freeze: true });

test('cada cambio lleva una versión mayor, común a todos los recursos', () => {
  const store = create();
  store.put('configmaps', config('uno'));
  store.put('secrets', { ...config('dos'), kind: 'Secret' });
  store.remove('configmaps', 'a', 'uno');
  expect(store.revision).toBe(3);
  expect(
    store
      .collection('configmaps')
      .since(0)
      ?.map(({ type, revision, object }) => `${type} ${object.metadata.name} ${revision} ${object.metadata.resourceVersion}`),
  ).toEqual(['ADDED uno 1 1', 'DELETED uno 3 3']);
});

test('lo guardado no se puede modificar en su sitio', () => {
  const saved = create().put('configmaps', config('uno'));
  expect(() => Object.assign(saved.metadata, { name: 'otro' })).toThrow(TypeError);
});

test('el índice sigue a los objetos al cambiar y al irse', () => {
  const store = create();
  const byApp = store.collection('configmaps').index('app', ({ metadata }) => (metadata.labels?.app ? [metadata.labels.app] : []));
  const names = (app: string) => [...byApp.get(app)].map(({ metadata }) => metadata.name);
  store.put('configmaps', config('uno', 'a', { app: 'web' }));
  store.put('configmaps', config('dos', 'a', { app: 'web' }));
  store.put('configmaps', config('uno', 'a', { app: 'otra' }));
  store.remove('configmaps', 'a', 'dos');
  expect([names('web'), names('otra'), names('nada')]).toEqual([[], ['uno'], []]);
});

test('se listan todos o los de un espacio, en orden de creación', () => {
  const store = create();
  for (const [name, namespace] of [
    ['z', 'a'],
    ['y', 'b'],
    ['x', 'a'],
  ] as const)
    store.put('configmaps', config(name, namespace));
  store.put('configmaps', config('z', 'a', { tocado: 'sí' }));
  const names = (namespace?: string) => [...store.collection('configmaps').list(namespace)].map(({ metadata }) => metadata.name);
  expect([names(), names('a'), names('nada')]).toEqual([['z', 'y', 'x'], ['z', 'x'], []]);
});

test('desde una versión olvidada no hay historia: quien pregunta debe volver a listar', () => {
  const store = create(4);
  for (let count = 0; count < 20; count++) store.put('configmaps', config('uno', 'a', { n: String(count) }));
  const { since } = store.collection('configmaps');
  expect(since(1)).toBeUndefined();
  expect(since(18)?.map(({ revision }) => revision)).toEqual([19, 20]);
  expect(since(20)).toEqual([]);
});

test('si quien escucha escribe, todos ven los cambios en orden de versión', () => {
  const store = create();
  const seen: string[] = [];
  store.collection('configmaps').onChange(({ object, revision }) => {
    if (object.metadata.name === 'uno') store.put('configmaps', config('eco'));
    seen.push(`primero ${object.metadata.name} ${revision}`);
  });
  const stop = store.collection('configmaps').onChange(({ object, revision }) => seen.push(`segundo ${object.metadata.name} ${revision}`));
  store.put('configmaps', config('uno'));
  stop();
  store.put('configmaps', config('dos'));
  expect(seen).toEqual(['primero uno 1', 'segundo uno 1', 'primero eco 2', 'segundo eco 2', 'primero dos 3']);
});

test('pedir un recurso que no se modela es un error que lo nombra', () => {
  expect(() => create().collection('batch/jobs')).toThrow('La maqueta no modela el recurso batch/jobs');
});
