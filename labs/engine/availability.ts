import { LabError } from './lab-error.ts';
import { errorCount } from './probe-reading.ts';
import type { ProbeGap, ProbeResult } from './probe-result.ts';

/** Cuentas de disponibilidad. Las disponibilidades son fracciones (0,999); los objetivos, porcentajes (99,9); los tiempos, milisegundos. */

const second = 1000;
const day = 86_400 * second;

export type Period = 'week' | 'month' | 'year' | 'julianYear';

/** Un mes son 30 días y un año 365: lo que usan los contratos. `julianYear`, 365,25. */
export const periods: Readonly<Record<Period, number>> = { week: 7 * day, month: 30 * day, year: 365 * day, julianYear: 365.25 * day };

export const objectives: readonly number[] = [99, 99.9, 99.99, 99.999];

/** Lo que un objetivo deja caerse en un periodo: (1 − SLO) × ventana. */
export const allowedDowntime = (objective: number, period: Period): number =>
  // 100 − 99,99 en coma flotante no es 0,01: se redondea donde ya no hay nueves que contar.
  (Math.round((100 - objective) * 1e9) / 1e11) * periods[period];

/** Fracción de peticiones con éxito. */
export const availabilityOf = ({ succeeded, requests }: Pick<ProbeResult, 'succeeded' | 'requests'>): number => succeeded / requests;

/** Cada petición fallida vale por el rato que le toca: a 50 por segundo, 20 ms. */
export const downtimeOf = (result: Pick<ProbeResult, 'errors' | 'rate'>): number => (errorCount(result) * second) / result.rate;

export interface BudgetRow {
  objective: number;
  /** Lo permitido, y qué fracción de ello se ha gastado (1 = todo). */
  month: { allowed: number; spent: number };
  year: { allowed: number; spent: number };
}

/** El presupuesto gastado por una caída de `downtime` ms frente a cada objetivo. */
export const budgetTable = (downtime: number, wanted: readonly number[] = objectives): BudgetRow[] =>
  wanted.map((objective) => {
    const row = (period: Period) => ({ allowed: allowedDowntime(objective, period), spent: downtime / allowedDowntime(objective, period) });
    return { objective, month: row('month'), year: row('year') };
  });

/** A = MTBF/(MTBF+MTTR): `mtbf` es el tiempo medio que funciona entre una avería y la siguiente. */
export const fromTimes = (mtbf: number, mttr: number): number => mtbf / (mtbf + mttr);

/** Hacen falta todas. */
export const inSeries = (...parts: readonly number[]): number => parts.reduce((product, part) => product * part, 1);

/** Basta una, y fallan por separado. */
export const inParallel = (...parts: readonly number[]): number => 1 - parts.reduce((product, part) => product * (1 - part), 1);

/** Hacen falta `k` de `n` iguales que fallan por separado. Las réplicas rara vez lo hacen: comparten nodo, zona o versión. */
export function kOfN(k: number, n: number, part: number): number {
  let sum = 0;
  for (let up = Math.max(0, k); up <= n; up++) sum += choose(n, up) * part ** up * (1 - part) ** (n - up);
  return Math.min(1, sum);
}

/**
 * Cada cuánto y por cuánto tiempo se cae un conjunto de `n` iguales e independientes que necesita `k`.
 * @see Barlow y Proschan, «Statistical Theory of Reliability and Life Testing» (1975), cap. 7: la frecuencia de caída
 * es la de estar justo con `k` en pie y que falle uno de ellos. `clustering`: cuántas caídas vienen juntas, 1 si ninguna.
 */
export function systemTimes(
  k: number,
  n: number,
  { mtbf, mttr }: { mtbf: number; mttr: number },
): { availability: number; mtbf: number; mttr: number; clustering: number } {
  const part = fromTimes(mtbf, mttr);
  const availability = kOfN(k, n, part);
  // Sumar lo caído, y no restar de uno, conserva los nueves.
  let down = 0;
  for (let up = 0; up < k; up++) down += choose(n, up) * part ** up * (1 - part) ** (n - up);
  const frequency = (choose(n, k) * part ** k * (1 - part) ** (n - k) * k) / mtbf;
  const times = { mtbf: availability / frequency, mttr: down / frequency };
  return { availability, ...times, clustering: spreadOf(k, n, { mtbf, mttr }, down) / (2 * times.mtbf * down ** 2 * availability) };
}

/** Los tiempos de un conjunto contando cada racha de caídas como una sola: misma disponibilidad, y la variación de verdad. */
export function clusteredTimes(k: number, n: number, times: { mtbf: number; mttr: number }): { mtbf: number; mttr: number } {
  const { mtbf, mttr, clustering } = systemTimes(k, n, times);
  return { mtbf: mtbf * clustering, mttr: mttr * clustering };
}

/**
 * Lo que varía, por unidad de tiempo, el rato caído de un conjunto: más que si cada caída llegara por su cuenta, porque
 * recién levantado le falta poco para volver a caer.
 * @see Whitt, «Asymptotic formulas for Markov processes with applications to simulation» (1992), ecuación 6.
 */
function spreadOf(k: number, n: number, { mtbf, mttr }: { mtbf: number; mttr: number }, down: number): number {
  const part = fromTimes(mtbf, mttr);
  let result = 0;
  let sum = 0;
  for (let broken = 0; broken < n; broken++) {
    const chance = choose(n, broken) * part ** (n - broken) * (1 - part) ** broken;
    sum += chance * ((n - broken < k ? 1 : 0) - down);
    result += (2 * mtbf * sum ** 2) / (chance * (n - broken));
  }
  return result;
}

/**
 * Menos que esto sin fallar no es haberse reparado. Más de un segundo, porque a un Service sin nadie detrás Linux lo rechaza una
 * vez por segundo y, entre rechazo y rechazo, puede salir bien quien insistió.
 */
const sameIncident = 2 * second;

/** Los huecos que están más cerca que `join` son la misma avería: con una réplica caída de tres, éxitos y fallos se alternan. */
export function incidentsIn(gaps: readonly ProbeGap[], join = sameIncident): ProbeGap[] {
  const incidents: ProbeGap[] = [];
  for (const gap of gaps) {
    const last = incidents.at(-1);
    if (last && gap.start - (last.start + last.duration) < join)
      incidents[incidents.length - 1] = { ...gap, start: last.start, duration: gap.start + gap.duration - last.start, errors: last.errors + gap.errors };
    else incidents.push(gap);
  }
  return incidents;
}

/**
 * Tiempo medio de reparación: lo que dura de media cada avería. `undefined` si no hubo ninguna.
 * @throws {LabError} `BROKEN` si la última no se reparó o si faltan huecos: entonces no se sabe.
 */
export function meanTimeToRepair({ gaps, gapsOmitted }: Pick<ProbeResult, 'gaps' | 'gapsOmitted'>, join = sameIncident): number | undefined {
  if (gapsOmitted > 0) throw new LabError(`Hay ${gapsOmitted} huecos que no caben en el resultado: con los demás no sale un MTTR.`, { code: 'BROKEN' });
  if (gaps.at(-1)?.isOpen) throw new LabError('El servicio no había vuelto cuando acabó la medida: no se sabe cuánto tarda en repararse.', { code: 'BROKEN' });
  const incidents = incidentsIn(gaps, join);
  if (incidents.length === 0) return undefined;
  return incidents.reduce((sum, { duration }) => sum + duration, 0) / incidents.length;
}

function choose(n: number, k: number): number {
  let result = 1;
  for (let step = 1; step <= k; step++) result = (result * (n - k + step)) / step;
  return result;
}
