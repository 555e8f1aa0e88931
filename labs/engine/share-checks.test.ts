import { describe, expect, it } from 'vitest';
import { alwaysTheSame, answeredBy, countRepeats, fairlyShared, sayShare } from './share-checks.ts';

const pods = ['a', 'b', 'c'] as const;

/** Azar con semilla. */
function draw(count: number, weights: readonly number[], seed: number): string[] {
  let state = seed;
  return Array.from({ length: count }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    let left = ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
    const chosen = weights.findIndex((weight) => (left -= weight) < 0);
    return pods[chosen === -1 ? 2 : chosen] as string;
  });
}
const equal = [1 / 3, 1 / 3, 1 / 3];
const seeds = Array.from({ length: 300 }, (_, index) => index * 7919 + 1);

describe('un reparto al azar', () => {
  it('justo, pasa con todas las semillas', () => {
    expect(seeds.filter((seed) => !fairlyShared(pods).test(draw(1500, equal, seed)).ok)).toEqual([]);
  });

  it('torcido diez puntos, no pasa con ninguna', () => {
    expect(seeds.filter((seed) => fairlyShared(pods).test(draw(1500, [0.43, 0.285, 0.285], seed)).ok)).toEqual([]);
  });

  it.each([
    [
      'por turnos, no repite nunca',
      Array.from({ length: 1500 }, (_, index) => pods[index % 3] as string),
      {
        path: 'veces que repite el de antes',
        expected: '33,3 %',
        found: '0,0 % (entre 0,0 % y 1,0 %)',
      },
    ],
    [
      'a rachas, repite de más',
      Array.from({ length: 1500 }, (_, index) => pods[Math.floor(index / 10) % 3] as string),
      {
        path: 'veces que repite el de antes',
        expected: '33,3 %',
        found: '90,1 % (entre 86,6 % y 92,7 %)',
      },
    ],
    ['con uno que no aparece', draw(1500, [0.5, 0.5, 0], 1), { path: 'parte de a', expected: '33,3 %', found: '50,2 % (entre 45,2 % y 55,2 %)' }],
    ['con un extraño', ['a', 'x', 'b'], { path: 'quién contesta', expected: 'a, b, c', found: 'x' }],
    ['sin respuestas', [], { path: 'respuestas', expected: 'al menos 2', found: '0' }],
  ])('%s, no pasa', (_name, answers, mismatch) => {
    expect(fairlyShared(pods).test(answers)).toEqual({ ok: false, mismatch });
  });
});

it('una parte se dice con su intervalo', () => {
  expect(sayShare(512, 1500)).toBe('34,1 % (entre 31,1 % y 37,4 %)');
  expect(countRepeats(['a', 'a', 'b', 'b', 'b', 'a'])).toBe(3);
});

it('contestan todos los que deben, y solo ellos', () => {
  expect(answeredBy(['b', 'a']).test(['a', 'b', 'a'])).toEqual({ ok: true });
  expect(answeredBy(['b', 'a']).test(['a', 'a'])).toEqual({ ok: false, mismatch: { path: 'quién contesta', expected: 'a, b', found: 'a' } });
  expect(answeredBy(['a']).test([])).toEqual({ ok: false, mismatch: { path: 'quién contesta', expected: 'a', found: 'nadie' } });
});

it('siempre el mismo, y otro que antes si se pide', () => {
  expect(alwaysTheSame().test(['a', 'a'])).toEqual({ ok: true });
  expect(alwaysTheSame('b').test(['a'])).toEqual({ ok: true });
  expect(alwaysTheSame('a').test(['a'])).toEqual({ ok: false, mismatch: { path: 'quién contesta', expected: 'uno solo, distinto de a', found: 'a' } });
  expect(alwaysTheSame().test(['a', 'b'])).toEqual({ ok: false, mismatch: { path: 'quién contesta', expected: 'uno solo', found: 'a, b' } });
});
