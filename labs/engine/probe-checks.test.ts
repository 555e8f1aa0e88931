import { describe, expect, it } from 'vitest';
import { healthy, justStarted, outage } from '../testing/probe-results.ts';
import type { Check, CheckResult } from './check.ts';
import { gapAtLeast, gapAtMost, noProbeErrors, probeErrorsAtLeast, probeRequestsAtLeast } from './probe-checks.ts';
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
