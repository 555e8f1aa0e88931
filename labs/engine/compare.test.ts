import { expect, test } from 'vitest';
import { compare, pruneTo } from './compare.ts';

test('lo esperado está contenido en lo real: los campos que sobran no cuentan', () => {
  expect(compare({ status: { phase: 'Running' } }, { status: { phase: 'Running', podIP: '10.0.0.1' }, spec: {} })).toBeUndefined();
});

test.each([
  ['un valor distinto', { status: { readyReplicas: 3 } }, { status: { readyReplicas: 1 } }, 'status.readyReplicas', '3', '1'],
  ['un tramo entero que falta', { status: { readyReplicas: 3 } }, {}, 'status.readyReplicas', '3', 'nada'],
  ['un objeto que no existe', { status: { phase: 'Pending' } }, undefined, 'status.phase', 'Pending', 'nada'],
  ['un número no es su texto', { n: 3 }, { n: '3' }, 'n', '3', '3'],
  ['una lista más larga', { list: [1] }, { list: [1, 2] }, 'list', 'lista de 1', 'lista de 2'],
  ['un elemento de una lista', { list: [{ n: 1 }] }, { list: [{ n: 0, m: 2 }] }, 'list[0].n', '1', '0'],
  ['una clave con puntos', { labels: { 'app.kubernetes.io/name': 'a' } }, { labels: {} }, 'labels["app.kubernetes.io/name"]', 'a', 'nada'],
  ['un valor donde iba un objeto', { a: { b: 1 } }, { a: 7 }, 'a', 'un objeto', '7'],
])('%s se nombra por su ruta', (_, expected, actual, path, wanted, found) => {
  expect(compare(expected, actual)).toMatchObject({ path, expected: wanted, found });
});

test('el objeto real se poda a lo esperado antes de enseñarlo', () => {
  expect(pruneTo({ spec: { replicas: 3 } }, { spec: { replicas: 1, selector: {} }, status: {} })).toEqual({ spec: { replicas: 1 } });
});

test('la diferencia enseña lo igual alrededor y marca lo esperado y lo encontrado', () => {
  expect(compare({ spec: { replicas: 3, paused: false } }, { spec: { replicas: 1, paused: false } })?.diff).toEqual([
    ' spec:',
    '-  replicas: 3',
    '+  replicas: 1',
    '   paused: false',
  ]);
});

test('la diferencia nunca pasa de 20 líneas y dice cuántas calla', () => {
  const expected = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`campo${index}`, 1]));
  const diff = compare(expected, {})?.diff ?? [];
  expect(diff).toHaveLength(20);
  expect(diff.at(-1)).toBe(' … y 11 líneas más');
});

test('las listas de objetos se leen como YAML', () => {
  expect(compare({ ports: [{ name: 'http', port: 80 }] }, { ports: [{ name: 'http', port: 8080 }] })?.diff).toEqual([
    ' ports:',
    ' - name: http',
    '-  port: 80',
    '+  port: 8080',
  ]);
});
