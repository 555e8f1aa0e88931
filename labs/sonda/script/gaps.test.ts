import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbeGap } from '../../engine/probe-result.ts';
import { createGapTracker } from './gaps.ts';

/** Lo mismo por fuerza bruta, con todas las peticiones delante. */
function gapsByHand(outcomes: readonly boolean[], interval: number, elapsed: number): ProbeGap[] {
  return outcomes.flatMap((isOk, n) => {
    if (isOk || outcomes[n - 1] === false) return [];
    const back = outcomes.indexOf(true, n);
    const end = back < 0 ? elapsed : back * interval;
    const errors = (back < 0 ? outcomes.length : back) - n;
    return [{ start: n * interval, duration: end - n * interval, errors, isOpen: back < 0 }];
  });
}

const shuffled = fc.array(fc.boolean(), { maxLength: 60 }).chain((outcomes) =>
  fc.record({
    outcomes: fc.constant(outcomes),
    order: fc.shuffledSubarray([...outcomes.keys()], { minLength: outcomes.length, maxLength: outcomes.length }),
  }),
);

describe('los huecos de la sonda', () => {
  it('son los mismos lleguen las respuestas en el orden que lleguen', () => {
    fc.assert(
      fc.property(shuffled, ({ outcomes, order }) => {
        const tracker = createGapTracker(20);
        for (const n of order) tracker.settle(n, outcomes[n] as boolean);
        const elapsed = outcomes.length * 20;
        const expected = gapsByHand(outcomes, 20, elapsed);
        const { gaps, omitted, longest } = tracker.read(elapsed);
        expect(gaps).toEqual(expected);
        expect(omitted).toBe(0);
        expect(longest?.duration ?? 0).toBe(Math.max(0, ...expected.map(({ duration }) => duration)));
      }),
    );
  });

  it('una petición aún en el aire detiene la cuenta: no se sabe si el hueco acaba en ella', () => {
    const tracker = createGapTracker(20);
    tracker.settle(0, true);
    tracker.settle(2, false);
    expect(tracker.read(60).gaps).toEqual([]);
    tracker.settle(1, false);
    expect(tracker.read(60).gaps).toEqual([{ start: 20, duration: 40, errors: 2, isOpen: true }]);
  });

  it('cuenta los que no caben y no pierde el más largo', () => {
    const tracker = createGapTracker(10);
    for (let n = 0; n < 2400; n++) tracker.settle(n, n % 2 === 0);
    for (let n = 2400; n < 2410; n++) tracker.settle(n, false);
    const { gaps, omitted, longest } = tracker.read(24_100);
    expect(gaps).toHaveLength(1000);
    expect(omitted).toBe(200);
    expect(longest).toEqual({ start: 23_990, duration: 110, errors: 11, isOpen: true });
  });
});
