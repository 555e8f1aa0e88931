import { describe, expect, it } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import { isLeaving, onePerNode } from './pod-checks.ts';

const on = (node: string, name: string, isReady = true) => podNamed(name, { isReady, spec: { nodeName: node } });
const found = (pods: ReturnType<typeof on>[]) => {
  const result = onePerNode(['nodo2', 'nodo1']).test(pods);
  return result.ok ? 'pasa' : result.mismatch.found;
};

describe('onePerNode', () => {
  it.each([
    ['uno en cada uno', [on('nodo1', 'a'), on('nodo2', 'b')], 'pasa'],
    ['falta un nodo', [on('nodo1', 'a')], 'nodo1'],
    ['dos en el mismo', [on('nodo1', 'a'), on('nodo2', 'b'), on('nodo2', 'c')], 'nodo1, nodo2 (2)'],
    ['en un nodo de más', [on('nodo1', 'a'), on('nodo2', 'b'), on('nodo3', 'c')], 'nodo1, nodo2, nodo3'],
    ['uno sin nodo todavía', [on('nodo1', 'a'), on('', 'b', false)], 'sin nodo, nodo1; sin estar listo: b'],
    ['uno que no está listo', [on('nodo1', 'a'), on('nodo2', 'b', false)], 'nodo1, nodo2; sin estar listo: b'],
    ['ninguno', [], 'ninguno'],
  ])('%s', (_, pods, expected) => expect(found(pods)).toBe(expected));

  it('sin nodos no demuestra nada, y no pasa', () => {
    expect(onePerNode([]).test([]).ok).toBe(false);
  });
});

it('isLeaving distingue al que se va del que no ha borrado nadie y del que no existe', () => {
  const pod = podNamed('a');
  const told = (value: Parameters<ReturnType<typeof isLeaving>['test']>[0]) => {
    const result = isLeaving().test(value);
    return result.ok ? 'pasa' : result.mismatch.found;
  };
  expect(told({ ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-11-20T09:00:00Z' } })).toBe('pasa');
  expect(told(pod)).toBe('ninguno: nadie lo ha borrado');
  expect(told(undefined)).toBe('nada: el Pod no existe');
});
