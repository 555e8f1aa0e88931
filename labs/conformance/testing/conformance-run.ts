import { battery } from '../battery.ts';
import type { ConformanceRun } from '../result.ts';

/** Una pasada: `true` si pasa; si no, por qué. */
export const conformanceRun = (tests: Readonly<Record<string, true | string>>, more: Partial<ConformanceRun> = {}): ConformanceRun => ({
  target: 'maqueta',
  ...battery,
  at: '2026-11-21T08:00:00.000Z',
  seconds: 90,
  tests: Object.entries(tests).map(([name, outcome]) =>
    outcome === true ? { name, passes: true, seconds: 1.5 } : { name, passes: false, why: outcome, seconds: 1.5 },
  ),
  ...more,
});
