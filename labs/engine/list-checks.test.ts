import { expect, test } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import type { CheckResult } from './check.ts';
import { namesAre, sameObjects } from './list-checks.ts';

const verdict = (result: CheckResult) => (result.ok ? 'pasa' : result.mismatch.found);
const a = podNamed('a', { uid: '1' });
const b = podNamed('b', { uid: '2' });

test.each([
  ['los dos, en otro orden', [b, a], 'pasa'],
  ['uno de menos', [a], 'a'],
  ['uno de más', [a, b, podNamed('c')], 'a, b, c'],
  ['ninguno', [], 'ninguno'],
])('namesAre con %s', (_, objects, expected) => {
  expect(verdict(namesAre('a', 'b').test(objects))).toBe(expected);
});

test('namesAre sin nombres exige que no quede ninguno', () => {
  expect(verdict(namesAre().test([]))).toBe('pasa');
  expect(verdict(namesAre().test([a]))).toBe('a');
});

test.each([
  ['los mismos, en otro orden', [b, a], 'pasa'],
  ['otro con el mismo nombre', [a, podNamed('b', { uid: '3' })], 'faltan b; hay otros: b'],
  ['uno de más', [a, b, podNamed('c')], 'hay otros: c'],
  ['ninguno', [], 'faltan a, b'],
])('sameObjects con %s', (_, objects, expected) => {
  expect(verdict(sameObjects([a, b]).test(objects))).toBe(expected);
});

test('sameObjects de una lista vacía no demuestra nada, y no pasa', () => {
  expect(verdict(sameObjects([]).test([]))).toBe('ninguno');
});
