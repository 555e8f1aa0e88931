import { describe, expect, it } from 'vitest';
import { healthy, justStarted, outage } from '../testing/probe-results.ts';
import type { Check, CheckResult } from './check.ts';
import { calmFor, gapAtLeast, gapAtMost, milderThan, noProbeErrors, probeErrorsAtLeast, probeRequestsAtLeast } from './probe-checks.ts';
import type { ProbeResult } from './probe-result.ts';

const pass: CheckResult = { ok: true };
const fail = (path: string, expected: string, found: string, cannotHeal?: string): CheckResult => ({
  ok: false,
  mismatch: { path, expected, found },
  ...(cannotHeal ? { cannotHeal } : {}),
});

describe('exigir a una medida', () => {
  it.each<[string, Check<ProbeResult>, ProbeResult, CheckResult]>([
    ['ningún error, y no lo hay', noProbeErrors(), healthy, pass],
    [
      'ningún error, y los hay',
      noProbeErrors(),
      outage,
      fail('peticiones con error', '0', '33 de 200 (32 conexión rechazada, 1 conexión cortada); hueco más largo, 660 ms', 'una petición ya ha fallado'),
    ],
    ['ningún error, sin peticiones', noProbeErrors(), justStarted, fail('peticiones con error', '0', 'ninguna petición')],
    ['algún error, y los hay', probeErrorsAtLeast(), outage, pass],
    ['algún error, y no lo hay', probeErrorsAtLeast(), healthy, fail('peticiones con error', 'al menos 1', '0 de 200')],
    ['dos cortadas, y hay una', probeErrorsAtLeast(2, 'reset'), outage, fail('peticiones con error «conexión cortada»', 'al menos 2', '1 de 200')],
    ['un hueco corto, y lo es', gapAtMost('660ms'), outage, pass],
    ['un hueco corto, y no lo es', gapAtMost('500ms'), outage, fail('hueco más largo', 'como mucho 0,5 s', '660 ms', 'un hueco ya medido no se acorta')],
    ['un hueco corto, sin peticiones', gapAtMost('500ms'), justStarted, fail('hueco más largo', 'como mucho 0,5 s', 'ninguna petición')],
    ['sin huecos también vale', gapAtMost('0s'), healthy, pass],
    ['un hueco largo, y lo es', gapAtLeast('600ms'), outage, pass],
    ['un hueco largo, y no lo hay', gapAtLeast('600ms'), healthy, fail('hueco más largo', 'al menos 0,6 s', 'ninguno')],
    ['cien peticiones, y van 200', probeRequestsAtLeast(100), healthy, pass],
    ['cien peticiones, y va ninguna', probeRequestsAtLeast(100), justStarted, fail('peticiones', 'al menos 100', '0')],
  ])('%s', (_, check, result, expected) => {
    expect(check.test(result)).toEqual(expected);
  });

  it('cada una dice qué exige', () => {
    expect(
      [noProbeErrors(), probeErrorsAtLeast(), probeErrorsAtLeast(2, 'dns'), gapAtMost('2s'), gapAtLeast('500ms'), probeRequestsAtLeast(100)].map(
        ({ describe: text }) => text,
      ),
    ).toEqual([
      'ni una petición con error',
      'al menos 1 petición con error',
      'al menos 2 peticiones con error «nombre sin resolver»',
      'ningún hueco de más de 2,0 s',
      'un hueco de al menos 0,5 s',
      'al menos 100 peticiones',
    ]);
  });
});

const gaps = (...list: [start: number, duration: number, isOpen?: boolean][]) =>
  list.map(([start, duration, isOpen = false]) => ({ start, duration, errors: 1, isOpen }));

describe('esperar a que vuelva la calma', () => {
  it.each<[string, Partial<ProbeResult>, CheckResult]>([
    ['nada ha fallado en todo ese rato', { elapsed: 5000, gaps: [] }, pass],
    ['lo último acabó hace bastante', { elapsed: 9000, gaps: gaps([1000, 500], [3000, 1000]) }, pass],
    ['nada ha fallado, y es pronto', { elapsed: 4999, gaps: [] }, fail('huecos', 'nada falla durante 5,0 s', 'el último error fue hace 5,0 s')],
    [
      'lo último acabó hace poco',
      { elapsed: 8000, gaps: gaps([1000, 500], [3000, 1000]) },
      fail('huecos', 'nada falla durante 5,0 s', 'el último error fue hace 4,0 s'),
    ],
    ['sigue caído', { elapsed: 60_000, gaps: gaps([1000, 59_000, true]) }, fail('huecos', 'nada falla durante 5,0 s', 'el servicio no ha vuelto')],
    ['aún no ha preguntado', { requests: 0, elapsed: 60_000, gaps: [] }, fail('huecos', 'nada falla durante 5,0 s', 'ninguna petición')],
    [
      'los últimos huecos no caben',
      { elapsed: 60_000, gaps: gaps([1000, 500]), gapsOmitted: 3 },
      fail('huecos', 'nada falla durante 5,0 s', '3 que no caben en el resultado'),
    ],
  ])('%s', (_, change, expected) => {
    expect(calmFor('5s').test({ ...healthy, ...change })).toEqual(expected);
  });
});

describe('comparar dos medidas tomadas a la vez', () => {
  const longer = { start: 0, duration: 900, errors: 40, isOpen: false };
  const worse = { ...outage, errors: { ...outage.errors, refused: 60 }, longestGap: longer };
  it.each<[string, ProbeResult, CheckResult]>([
    ['menos errores y menos hueco', outage, pass],
    ['sin ningún error', healthy, pass],
    ['los mismos errores', worse, fail('peticiones con error', 'menos de 61', '61')],
    ['menos errores y el mismo hueco', { ...outage, longestGap: longer }, fail('hueco más largo', 'más corto que 900 ms', '900 ms')],
  ])('%s', (_, result, expected) => {
    expect(milderThan(worse).test(result)).toEqual(expected);
  });
});
