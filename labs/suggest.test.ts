import { describe, expect, it } from 'vitest';
import { closest, editDistance, fold } from './suggest.ts';

describe('fold', () => {
  it.each([
    ['ÓRDENES', 'ordenes'],
    ['o\u0301rdenes', 'ordenes'],
    ['Íñigo', 'inigo'],
  ])('%s se compara como %s', (word, plain) => expect(fold(word)).toBe(plain));
});

describe('editDistance', () => {
  it.each([
    ['pista', 'pista', 0],
    ['psita', 'pista', 1],
    ['pita', 'pista', 1],
    ['', 'abc', 3],
    ['o4', '04', 1],
  ])('de «%s» a «%s» hay %i', (a, b, distance) => expect(editDistance(a, b)).toBe(distance));
});

describe('closest', () => {
  it.each([
    ['psita', 'pista'],
    ['LIMPÍAR', 'limpiar'],
    ['xyz', undefined],
    ['', undefined],
  ])('a «%s» se parece %s', (word, near) => expect(closest(word, ['pista', 'limpiar', 'estado'])).toBe(near));
});
