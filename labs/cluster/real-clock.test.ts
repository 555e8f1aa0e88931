import { afterEach, expect, it, vi } from 'vitest';
import { realClock } from './real-clock.ts';

afterEach(() => vi.restoreAllMocks());

it('es la hora de la pared al milisegundo, más o menos lo que se haya movido desde que arrancó el proceso', () => {
  expect(Math.abs(realClock.now() - Date.now())).toBeLessThan(60_000);
});

it.each([3_600_000, -3_600_000])('si la hora de la máquina salta %d ms a mitad, lo transcurrido no', (jump) => {
  const before = realClock.now();
  const wall = Date.now();
  vi.spyOn(Date, 'now').mockReturnValue(wall + jump);
  const elapsed = realClock.now() - before;
  expect(elapsed).toBeGreaterThanOrEqual(0);
  expect(elapsed).toBeLessThan(60_000);
});
