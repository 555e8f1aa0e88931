import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  allowedDowntime,
  availabilityOf,
  budgetTable,
  downtimeOf,
  fromTimes,
  incidentsIn,
  inParallel,
  inSeries,
  kOfN,
  meanTimeToRepair,
  periods,
  systemTimes,
} from './availability.ts';
import { longDuration } from './long-duration.ts';

const hour = 3_600_000;

describe('la tabla de nueves', () => {
  it.each([
    [90, '36 d 12 h', '36 d 12 h 36 min', '3 d', '16 h 48 min'],
    [99, '3 d 15 h 36 min', '3 d 15 h 39 min 36 s', '7 h 12 min', '1 h 40 min 48 s'],
    [99.9, '8 h 45 min 36 s', '8 h 45 min 57,6 s', '43 min 12 s', '10 min 4,8 s'],
    [99.95, '4 h 22 min 48 s', '4 h 22 min 58,8 s', '21 min 36 s', '5 min 2,4 s'],
    [99.99, '52 min 33,6 s', '52 min 35,76 s', '4 min 19,2 s', '1 min 0,48 s'],
    [99.999, '5 min 15,36 s', '5 min 15,58 s', '25,92 s', '6,05 s'],
  ])('%d %%: %s al año, %s al año juliano, %s al mes y %s a la semana', (objective, ...expected) => {
    expect((['year', 'julianYear', 'month', 'week'] as const).map((period) => longDuration(allowedDowntime(objective, period)))).toEqual(expected);
  });

  it('veinte minutos al año no son cuatro nueves, y tres minutos gastan el 69 % del mes', () => {
    expect(1 - (20 * 60_000) / periods.year).toBeCloseTo(0.999962, 6);
    expect(budgetTable(3 * 60_000).find(({ objective }) => objective === 99.99)?.month.spent).toBeCloseTo(0.694, 3);
  });

  it('una caída de 350 s gasta el 135 % del mes a cuatro nueves y el 13,5 % a tres', () => {
    expect(budgetTable(350_000, [99.99, 99.9]).map(({ month }) => month.spent)).toEqual([expect.closeTo(1.35, 2), expect.closeTo(0.135, 3)]);
  });
});

describe('componer piezas', () => {
  it('cinco piezas en serie a tres nueves son 43,7 h caídas al año', () => {
    const together = inSeries(0.999, 0.999, 0.999, 0.999, 0.999);
    expect(together).toBeCloseTo(0.99501, 5);
    expect(((1 - together) * periods.year) / hour).toBeCloseTo(43.7, 1);
  });

  it('dos al 99 % en paralelo son cuatro nueves; un cuórum de 2 de 3, 99,9702 %; de 3 de 5, casi cinco', () => {
    expect(inParallel(0.99, 0.99)).toBeCloseTo(0.9999, 10);
    expect(kOfN(2, 3, 0.99)).toBeCloseTo(0.999702, 6);
    expect(kOfN(3, 5, 0.99)).toBeCloseTo(0.99999, 5);
  });

  it('k de n coincide con sumar caso por caso, y contiene a la serie y al paralelo', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 8 }), fc.nat(8), fc.double({ min: 0, max: 1, noNaN: true }), (n, some, part) => {
        const k = Math.min(n, some);
        let byHand = 0;
        for (let state = 0; state < 2 ** n; state++) {
          const up = [...Array(n).keys()].filter((bit) => state & (1 << bit)).length;
          if (up >= k) byHand += part ** up * (1 - part) ** (n - up);
        }
        expect(kOfN(k, n, part)).toBeCloseTo(byHand, 10);
        expect(kOfN(n, n, part)).toBeCloseTo(inSeries(...Array<number>(n).fill(part)), 10);
        expect(kOfN(1, n, part)).toBeCloseTo(inParallel(...Array<number>(n).fill(part)), 10);
      }),
    );
  });

  it('un fallo al mes: con una hora de reparación, 99,861 %; con tres minutos, 99,993 %', () => {
    expect(fromTimes(periods.month, hour)).toBeCloseTo(0.99861, 5);
    expect(fromTimes(periods.month, 3 * 60_000)).toBeCloseTo(0.99993, 5);
  });

  it('los tiempos de un conjunto dan su disponibilidad, y los de una sola pieza son los suyos', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 6 }), fc.nat(5), fc.integer({ min: 1, max: 1e6 }), fc.integer({ min: 1, max: 1e5 }), (n, some, mtbf, mttr) => {
        const k = 1 + (some % n);
        const times = systemTimes(k, n, { mtbf, mttr });
        expect(fromTimes(times.mtbf, times.mttr)).toBeCloseTo(times.availability, 9);
        expect(times.availability).toBeCloseTo(kOfN(k, n, fromTimes(mtbf, mttr)), 9);
        expect(times.clustering).toBeGreaterThan(1 - 1e-9);
        const one = systemTimes(1, 1, { mtbf, mttr });
        expect([one.mtbf / mtbf, one.mttr / mttr, one.clustering]).toEqual(Array(3).fill(expect.closeTo(1, 6)));
        // Con todas caídas menos una reparación a la vez: la primera en volver lo levanta.
        expect(systemTimes(1, n, { mtbf, mttr }).mttr / (mttr / n)).toBeCloseTo(1, 9);
      }),
    );
  });
});

describe('lo que dice una medida', () => {
  const gap = (start: number, duration: number, isOpen = false) => ({ start, duration, errors: duration / 20, isOpen });

  it('33 errores a 50 por segundo son 660 ms caído', () => {
    const errors = { dns: 0, refused: 32, reset: 1, unreachable: 0, timeout: 0, http4xx: 0, http5xx: 0, other: 0 };
    expect(downtimeOf({ errors, rate: 50 })).toBe(660);
    expect(availabilityOf({ succeeded: 167, requests: 200 })).toBe(0.835);
  });

  it('huecos que se alternan con éxitos son una sola avería; separados, dos', () => {
    expect(incidentsIn([gap(1000, 20), gap(1060, 40), gap(9000, 500)])).toEqual([
      { start: 1000, duration: 100, errors: 3, isOpen: false },
      { start: 9000, duration: 500, errors: 25, isOpen: false },
    ]);
    expect(meanTimeToRepair({ gaps: [gap(1000, 20), gap(1060, 40), gap(9000, 500)], gapsOmitted: 0 })).toBe(300);
    expect(meanTimeToRepair({ gaps: [], gapsOmitted: 0 })).toBeUndefined();
  });

  it('un rechazo por segundo, con quien insistió en medio, sigue siendo la misma avería', () => {
    expect(incidentsIn([gap(1000, 240), gap(2200, 40), gap(3680, 40), gap(6000, 40)])).toMatchObject([
      { start: 1000, duration: 2720 },
      { start: 6000, duration: 40 },
    ]);
  });

  it('sin saber cuándo volvió, o sin todos los huecos, no hay MTTR', () => {
    expect(() => meanTimeToRepair({ gaps: [gap(1000, 20, true)], gapsOmitted: 0 })).toThrow(
      'El servicio no había vuelto cuando acabó la medida: no se sabe cuánto tarda en repararse.',
    );
    expect(() => meanTimeToRepair({ gaps: [gap(1000, 20)], gapsOmitted: 3 })).toThrow(
      'Hay 3 huecos que no caben en el resultado: con los demás no sale un MTTR.',
    );
  });
});
