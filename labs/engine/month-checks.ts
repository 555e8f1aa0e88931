import type { Check } from './check.ts';
import { longDuration } from './long-duration.ts';
import type { Contrast } from './month.ts';

/** El mes simulado frente a la cuenta. El intervalo es el que se pidió al simularlo. */

const limits = ({ low, high }: Contrast['interval']) => `entre ${wholeDuration(low)} y ${wholeDuration(high)}`;

/** La cuenta lo explica: lo caído está donde ella dice. */
export const asPredicted = (): Check<Contrast> => ({
  describe: 'lo caído en el mes cabe en lo que predice la cuenta',
  test: ({ interval, measured, isInside }) =>
    isInside ? { ok: true } : { ok: false, mismatch: { path: 'tiempo caído', expected: limits(interval), found: wholeDuration(measured) } },
});

/** Se cayó más de lo que la cuenta admite: alguno de sus supuestos no es verdad. */
export const worseThanPredicted = (): Check<Contrast> => ({
  describe: 'lo caído en el mes pasa de lo que admite la cuenta',
  test: ({ interval, measured }) =>
    measured > interval.high
      ? { ok: true }
      : { ok: false, mismatch: { path: 'tiempo caído', expected: `más de ${wholeDuration(interval.high)}`, found: wholeDuration(measured) } },
});

/** Al segundo: en un mes, las centésimas no dicen nada. */
export const wholeDuration = (milliseconds: number): string => longDuration(Math.round(milliseconds / 1000) * 1000);
