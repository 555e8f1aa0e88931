import { describe, expect, it } from 'vitest';
import { asPredicted, worseThanPredicted } from './month-checks.ts';
import { predicted, sayAvailability, sayMonth } from './month-reading.ts';

const minute = 60_000;
const contrast = (measured: number) => {
  const interval = { low: 10 * minute, high: 30 * minute };
  return { expected: 20 * minute, interval, measured, isInside: measured >= interval.low && measured <= interval.high };
};
const horizon = 30 * 24 * 60 * minute;

describe('el mes frente a la cuenta', () => {
  it('dentro del intervalo se cumple; fuera, dice lo que salió y lo que cabía', () => {
    expect(asPredicted().test(contrast(12 * minute))).toEqual({ ok: true });
    expect(asPredicted().test(contrast(31 * minute + 1400))).toEqual({
      ok: false,
      mismatch: { path: 'tiempo caído', expected: 'entre 10 min y 30 min', found: '31 min 1 s' },
    });
  });

  it('peor que la cuenta es por encima: caer menos no lo demuestra', () => {
    expect(worseThanPredicted().test(contrast(31 * minute))).toEqual({ ok: true });
    for (const measured of [5, 20]) {
      expect(worseThanPredicted().test(contrast(measured * minute))).toEqual({
        ok: false,
        mismatch: { path: 'tiempo caído', expected: 'más de 30 min', found: `${measured} min` },
      });
    }
  });

  it.each([
    [12 * minute, 3, 'caído 12 min en 3 veces (99,972 %); la cuenta, 20 min, entre 10 min y 30 min: dentro'],
    [40 * minute, 1, 'caído 40 min en 1 vez (99,907 %); la cuenta, 20 min, entre 10 min y 30 min: fuera'],
    [0, 0, 'ni un segundo caído (100,000 %); la cuenta, 20 min, entre 10 min y 30 min: fuera'],
  ])('con %d ms caídos lo cuenta en una frase', (measured, outages, text) => {
    expect(sayMonth({ outages, horizon }, contrast(measured))).toBe(text);
  });

  it('no regala un nueve al redondear', () => {
    expect(sayAvailability(0.999_999_9)).toBe('99,999 %');
    expect(sayAvailability(0.9999)).toBe('99,990 %');
    expect(sayAvailability(1)).toBe('100,000 %');
    expect(predicted(720, 1)).toBe('99,861 %');
  });
});
