import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHistogram } from './histogram.ts';

const milliseconds = fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.double({ min: 0, max: 60_000, noNaN: true }));
/** El menor valor que no supera esa fracción: lo mismo, con la lista entera delante. */
const exact = (values: readonly number[], fraction: number) => [...values].sort((a, b) => a - b)[Math.ceil(fraction * values.length - 1e-9) - 1] ?? 0;

describe('el histograma de la sonda', () => {
  it('se equivoca como mucho en un 0,4 % y un microsegundo, en cualquier percentil', () => {
    fc.assert(
      fc.property(fc.array(milliseconds, { minLength: 1, maxLength: 300 }), (values) => {
        const histogram = createHistogram();
        for (const value of values) histogram.record(value);
        const found = histogram.percentiles();
        for (const [name, fraction] of [
          ['p50', 0.5],
          ['p90', 0.9],
          ['p99', 0.99],
          ['p999', 0.999],
        ] as const) {
          const truth = exact(values, fraction);
          expect(Math.abs((found?.[name] ?? -1) - truth), `${name}: ${found?.[name]} frente a ${truth}`).toBeLessThanOrEqual(truth / 256 + 0.001);
        }
        expect(found?.max).toBe(Math.max(...values));
      }),
    );
  });

  it('con mil valores distintos, el percentil 99 es el que toca y no su vecino', () => {
    const histogram = createHistogram();
    for (let value = 1; value <= 1000; value++) histogram.record(value / 10);
    expect(histogram.percentiles()).toEqual({
      p50: expect.closeTo(50, 0),
      p90: expect.closeTo(90, 0),
      p99: expect.closeTo(99, 0),
      p999: expect.closeTo(99.9, 0),
      max: 100,
    });
  });

  it('sin nada que contar no inventa un cero', () => {
    expect(createHistogram().percentiles()).toBeNull();
  });
});
