import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { clusteredTimes } from './availability.ts';
import { downtimeAtMost, downtimeInterval, wilson } from './intervals.ts';

/** Azar con semilla, para simular lo que la fórmula promete. */
function createDice(seed: number) {
  let state = seed;
  const next = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return { exponential: (mean: number) => -mean * Math.log(1 - next()) };
}

/** Cuánto tiempo hay menos de `k` de `n` en pie, avería a avería. */
function simulate(k: number, n: number, { mtbf, mttr, horizon }: { mtbf: number; mttr: number; horizon: number }, dice: ReturnType<typeof createDice>): number {
  let up = n;
  let down = 0;
  for (let at = 0; at < horizon; ) {
    const rate = up / mtbf + (n - up) / mttr;
    const wait = Math.min(dice.exponential(1 / rate), horizon - at);
    if (up < k) down += wait;
    at += wait;
    up += dice.exponential(mtbf / Math.max(up, 1e-9)) < dice.exponential(mttr / Math.max(n - up, 1e-9)) ? (up > 0 ? -1 : 1) : up < n ? 1 : -1;
  }
  return down;
}

describe('el intervalo de Wilson', () => {
  // Newcombe (1998), tabla I, método 3.
  it.each([
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ])('%i de %i: de %d a %d, como en la tabla publicada', (successes, total, low, high) => {
    expect(wilson(successes, total)).toEqual({ low: expect.closeTo(low, 4), high: expect.closeTo(high, 4) });
  });

  it('contiene la proporción vista, se estrecha con más pruebas y rechaza lo que no es una proporción', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.nat(5000), (total, some) => {
        const successes = Math.min(total, some);
        const { low, high } = wilson(successes, total);
        expect(low).toBeLessThanOrEqual(successes / total);
        expect(high).toBeGreaterThanOrEqual(successes / total);
        const more = wilson(successes * 4, total * 4);
        expect(more.high - more.low).toBeLessThan(high - low);
      }),
    );
    expect(() => wilson(3, 2)).toThrow('3 de 2 no es una proporción');
    expect(() => wilson(0, 0)).toThrow('0 de 0 no es una proporción');
  });
});

describe('el intervalo de lo que un mes puede caerse', () => {
  const month = 720;

  it.each([
    ['una pieza que falla mucho', 1, 1, { mtbf: 8, mttr: 0.5, horizon: month }],
    ['una pieza que falla dos veces al mes', 1, 1, { mtbf: 360, mttr: 3, horizon: month }],
    ['dos de tres', 2, 3, { mtbf: 40, mttr: 1, horizon: month }],
    ['dos de tres con reparaciones lentas', 2, 3, { mtbf: 24, mttr: 1, horizon: month }],
    ['tres de cinco muy castigadas', 3, 5, { mtbf: 10, mttr: 2, horizon: month }],
    ['una de dos, casi nunca caídas a la vez', 1, 2, { mtbf: 100, mttr: 1, horizon: month }],
  ])('%s: de 4000 meses simulados, quedan fuera por arriba uno de cada cuarenta', (_, k, n, times) => {
    const dice = createDice(7);
    const { low, high } = downtimeInterval({ ...clusteredTimes(k, n, times), horizon: times.horizon });
    let above = 0;
    let below = 0;
    for (let turn = 0; turn < 4000; turn++) {
      const down = simulate(k, n, times, dice);
      if (down > high) above += 1;
      if (down < low) below += 1;
    }
    // 0,025 con cuatro desviaciones de las de 4000 tiradas; por abajo, ninguno si lo normal es no caerse.
    expect(above / 4000).toBeGreaterThan(0.025 - 0.01);
    expect(above / 4000).toBeLessThan(0.025 + 0.01);
    expect(below / 4000).toBeLessThan(0.025 + 0.01);
  });

  it('la probabilidad crece con el tiempo permitido y acaba en uno', () => {
    fc.assert(
      fc.property(fc.double({ min: 1, max: 1000, noNaN: true }), fc.double({ min: 0.01, max: 50, noNaN: true }), (mtbf, mttr) => {
        const times = { mtbf, mttr, horizon: month };
        const chances = [0, 1, 5, 50, 500, month].map((most) => downtimeAtMost(most, times));
        for (const [index, chance] of chances.entries()) expect(chance).toBeGreaterThanOrEqual((chances[index - 1] ?? 0) - 1e-9);
        expect(chances.at(-1)).toBe(1);
        expect(chances[0]).toBeCloseTo(Math.exp(-month / mtbf), 9);
      }),
    );
  });
});
