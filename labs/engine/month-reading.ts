import { fromTimes } from './availability.ts';
import type { Contrast, MonthMeasure } from './month.ts';
import { asPredicted, wholeDuration } from './month-checks.ts';

/** `caído 10 h 27 min 3 s en 25 veces (98,549 %); la cuenta, 14 h 41 min 38 s, entre … y …: dentro` */
export function sayMonth({ outages, horizon }: Pick<MonthMeasure, 'outages' | 'horizon'>, contrast: Contrast): string {
  const { measured, expected, interval } = contrast;
  const fallen = outages === 0 ? 'ni un segundo caído' : `caído ${wholeDuration(measured)} en ${outages} ${outages === 1 ? 'vez' : 'veces'}`;
  const verdict = asPredicted().test(contrast).ok ? 'dentro' : 'fuera';
  return `${fallen} (${sayAvailability(1 - measured / horizon)}); la cuenta, ${wholeDuration(expected)}, entre ${wholeDuration(interval.low)} y ${wholeDuration(interval.high)}: ${verdict}`;
}

/** `99,861 %`: los nueves que se cuentan, sin redondear a uno que no se alcanza. */
export const sayAvailability = (share: number): string => `${(Math.floor(share * 100_000 + 1e-9) / 1000).toFixed(3).replace('.', ',')} %`;

/** La disponibilidad que predice A = MTBF/(MTBF+MTTR) para una pieza. */
export const predicted = (mtbf: number, mttr: number): string => sayAvailability(fromTimes(mtbf, mttr));
