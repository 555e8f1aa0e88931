import { clusteredTimes, fromTimes } from './availability.ts';
import { downtimeInterval, type Interval } from './intervals.ts';

/** Un cambio en el conjunto de endpoints: `at` en ms desde el principio, hasta el siguiente cambio no pasa nada. */
export interface ServiceState {
  at: number;
  /** A cuántos manda tráfico el Service. */
  listed: number;
  /** Cuántos de esos contestarían. */
  alive: number;
}

export interface MonthMeasure {
  horizon: number;
  /** Tiempo con menos de `needed` que contesten. */
  downtime: number;
  /** Cuántas veces, y la que más duró. */
  outages: number;
  longest: number;
  /** Tiempo con menos de `needed` en la lista: lo que creía Kubernetes. */
  believed: number;
  /** Tiempo caído sumando réplica a réplica. */
  replicaDowntime: number;
  /** Fracción de peticiones al azar que habrían ido a quien no contesta, o a nadie. */
  errorShare: number;
}

/** La cuenta exacta de un mes: tramos entre cambios, no muestras. */
export function measureMonth(
  changes: readonly ServiceState[],
  { horizon, replicas, needed }: { horizon: number; replicas: number; needed: number },
): MonthMeasure {
  const measure: MonthMeasure = { horizon, downtime: 0, outages: 0, longest: 0, believed: 0, replicaDowntime: 0, errorShare: 0 };
  let current = 0;
  for (const [index, { at, listed, alive }] of changes.entries()) {
    const lasts = (changes[index + 1]?.at ?? horizon) - at;
    measure.replicaDowntime += Math.max(0, replicas - alive) * lasts;
    measure.errorShare += (listed === 0 ? 1 : 1 - alive / listed) * (lasts / horizon);
    if (listed < needed) measure.believed += lasts;
    if (alive >= needed) {
      current = 0;
      continue;
    }
    if (current === 0) measure.outages += 1;
    current += lasts;
    measure.downtime += lasts;
    measure.longest = Math.max(measure.longest, current);
  }
  return measure;
}

export interface Contrast {
  /** Lo que dice la cuenta, en ms caídos. */
  expected: number;
  /** Entre qué valores caen casi todos los meses si la cuenta es verdad: el 95 %, o la confianza que se pida. */
  interval: Interval;
  measured: number;
  isInside: boolean;
}

/** El mes medido frente a A = MTBF/(MTBF+MTTR): el servicio entero, y sus réplicas una a una. */
export function contrastMonth(
  measure: MonthMeasure,
  { replicas, needed, mtbf, mttr, confidence = 0.95 }: { replicas: number; needed: number; mtbf: number; mttr: number; confidence?: number },
): { service: Contrast; replica: Contrast } {
  const { horizon } = measure;
  return {
    service: contrast(measure.downtime, { ...clusteredTimes(needed, replicas, { mtbf, mttr }), horizon }, confidence),
    // n réplicas durante un mes cuentan como una durante n meses.
    replica: contrast(measure.replicaDowntime, { mtbf, mttr, horizon: horizon * replicas }, confidence),
  };
}

function contrast(measured: number, times: { mtbf: number; mttr: number; horizon: number }, confidence: number): Contrast {
  const interval = downtimeInterval(times, confidence);
  const expected = (1 - fromTimes(times.mtbf, times.mttr)) * times.horizon;
  return { expected, interval, measured, isInside: measured >= interval.low && measured <= interval.high };
}
