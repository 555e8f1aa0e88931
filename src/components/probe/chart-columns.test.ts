import { describe, expect, it } from 'vitest';
import { chartColumns, roundCeiling } from './chart-columns.ts';

const measured = (seconds: number) => ({
  perSecond: {
    requests: Array<number>(seconds).fill(50),
    errors: Array.from({ length: seconds }, (_, second) => second % 2),
    slowest: Array.from({ length: seconds }, (_, second) => second),
  },
});

describe('los tramos de la gráfica', () => {
  it('son segundos, si caben', () => {
    expect(chartColumns(measured(3))).toEqual([
      { from: 0, to: 1, requests: 50, errors: 0, slowest: 0 },
      { from: 1, to: 2, requests: 50, errors: 1, slowest: 1 },
      { from: 2, to: 3, requests: 50, errors: 0, slowest: 2 },
    ]);
  });

  it('si no caben, se juntan: se suman las cuentas y queda la peor latencia, sin perder el pico', () => {
    const columns = chartColumns(measured(7), 3);
    expect(columns).toEqual([
      { from: 0, to: 3, requests: 150, errors: 1, slowest: 2 },
      { from: 3, to: 6, requests: 150, errors: 2, slowest: 5 },
      { from: 6, to: 7, requests: 50, errors: 0, slowest: 6 },
    ]);
    expect(chartColumns(measured(3600)).length).toBeLessThanOrEqual(120);
  });

  it('una medida vacía no tiene ninguno', () => expect(chartColumns(measured(0))).toEqual([]));

  it.each([
    [0, 1],
    [1, 1],
    [1.1, 2],
    [29, 50],
    [51, 100],
    [2017, 5000],
  ])('el alto para %d es %d', (value, ceiling) => expect(roundCeiling(value)).toBe(ceiling));
});
