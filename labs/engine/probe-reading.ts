import { LabError } from './lab-error.ts';
import type { ProbeError, ProbeResult } from './probe-result.ts';
import { shapeProblem } from './probe-shape.ts';
import { humanDuration } from './reading.ts';

/** Lo que devuelve `proxyGet`. */
export interface ProbeAnswer {
  status: number;
  body: string;
}

/** Si no se dice otra cosa, un retraso mayor que este ya no es ruido del reloj: ese rato la sonda no estaba mirando. */
const usualLateness = 1000;

export const probeErrorWords: Readonly<Record<ProbeError, string>> = {
  dns: 'nombre sin resolver',
  refused: 'conexión rechazada',
  reset: 'conexión cortada',
  unreachable: 'sin camino',
  timeout: 'plazo agotado',
  http4xx: 'respuesta 4xx',
  http5xx: 'respuesta 5xx',
  other: 'otro error',
};

/**
 * Lo que lleva medido la sonda, leído con desconfianza: forma, y que las cuentas cuadren.
 * @throws {LabError} `BROKEN` si contestó otra cosa, se cortó, o sus sumas no cuadran.
 */
export function readProbe({ status, body }: ProbeAnswer): ProbeResult {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch (error) {
    if (status === 200) return reject(`La sonda no entregó un resultado entero: sus ${body.length} caracteres no son JSON o se cortan.`, error);
  }
  if (status !== 200) {
    const why = (value as { error?: unknown } | undefined)?.error;
    return reject(`La sonda contestó ${status}${typeof why === 'string' ? `: ${why}` : ' en lugar de un resultado'}.`);
  }
  const problem = shapeProblem(value);
  if (problem) return reject(`Lo que entregó la sonda no es un resultado: ${problem}.`);
  const result = value as ProbeResult;
  const failed = errorCount(result);
  const seconds = (list: readonly number[]) => list.reduce((sum, count) => sum + count, 0);
  if (result.succeeded + failed !== result.requests || seconds(result.perSecond.requests) !== result.requests || seconds(result.perSecond.errors) !== failed)
    return reject(
      `El resultado de la sonda no cuadra: ${result.requests} peticiones, ${result.succeeded} con éxito y ${failed} con error; por segundos, ${seconds(result.perSecond.requests)} y ${seconds(result.perSecond.errors)}.`,
    );
  return result;
}

/**
 * El resultado final de la medida que empezó en `started`. Uno a medias no vale.
 * @throws {LabError} `BROKEN` si es de otra medida, si queda algo en el aire, si faltan peticiones o si la sonda no llegó a su ritmo.
 */
export function readFinalProbe(answer: ProbeAnswer, started: ProbeResult, mostLateness = usualLateness): ProbeResult {
  const result = readProbe(answer);
  if (result.probe !== started.probe || result.startedAt !== started.startedAt)
    return reject(
      `La medida que entrega la sonda no es la que empezó: su proceso se reinició o alguien pidió otra a mitad. Lo de antes se ha perdido y no se da por bueno.`,
    );
  if (result.state !== 'done') return reject(`La medida sigue abierta, con ${result.inFlight} peticiones en el aire: no es un resultado final.`);
  const due = Math.floor((result.elapsed * result.rate) / 1000);
  if (result.requests < due || result.requests > due + 1)
    return reject(`A ${result.rate} por segundo, en ${humanDuration(result.elapsed)} tocaban ${due} peticiones y hubo ${result.requests}.`);
  if (result.requests === 0) return reject('La medida no tiene ninguna petición.');
  const late = result.lateness?.max ?? 0;
  if (late > mostLateness)
    return reject(`La sonda se retrasó hasta ${humanDuration(late)} respecto a su ritmo: la máquina no le dio turno y ese rato no está bien medido.`);
  return result;
}

/** El último resultado que la sonda escribió en su registro, como respuesta que leer con `readProbe`. */
export function probeInLog(log: string): ProbeAnswer {
  const line = log.split('\n').findLast((text) => text.startsWith('{"format":'));
  return line === undefined ? reject('La sonda no ha escrito ningún resultado en su registro.') : { status: 200, body: line };
}

export const errorCount = ({ errors }: Pick<ProbeResult, 'errors'>): number => Object.values(errors).reduce((sum, count) => sum + count, 0);

/** `32 conexión rechazada, 1 conexión cortada` */
export const sayErrors = ({ errors, otherErrors }: Pick<ProbeResult, 'errors' | 'otherErrors'>): string =>
  (Object.entries(errors) as [ProbeError, number][])
    .filter(([, count]) => count > 0)
    .sort(([, a], [, b]) => b - a)
    .map(([kind, count]) => `${count} ${probeErrorWords[kind]}${kind === 'other' ? ` (${Object.keys(otherErrors).join(', ')})` : ''}`)
    .join(', ');

/** `3000 peticiones, 33 con error (32 conexión rechazada, 1 conexión cortada); hueco más largo, 0,7 s` */
export function sayProbe(result: ProbeResult): string {
  const failed = errorCount(result);
  const asked = `${result.requests} ${result.requests === 1 ? 'petición' : 'peticiones'}`;
  if (failed === 0) return `${asked}, ninguna con error`;
  return `${asked}, ${failed} con error (${sayErrors(result)}); hueco más largo, ${sayGap(result)}`;
}

export const sayGap = ({ longestGap }: Pick<ProbeResult, 'longestGap'>): string => {
  if (!longestGap) return 'ninguno';
  const length = longestGap.duration < 1000 ? `${Math.round(longestGap.duration)} ms` : humanDuration(longestGap.duration);
  return longestGap.isOpen ? `${length} y seguía al acabar` : length;
};

function reject(message: string, cause?: unknown): never {
  throw new LabError(message, { code: 'BROKEN', ...(cause === undefined ? {} : { cause }) });
}

/** Cuánto después de lo último que se apuntó contestó ese Pod por última vez. */
export const lastAnswerAfterMark = ({ answeredBy, marks }: ProbeResult, pod: string): number =>
  Math.max(0, (answeredBy[pod]?.last ?? 0) - (marks.at(-1)?.at ?? 0));

/** Peticiones y errores desde lo último que se apuntó, por segundos enteros: el de la marca no cuenta. */
export function sinceMark({ marks, perSecond }: ProbeResult): { requests: number; errors: number } {
  const first = Math.ceil((marks.at(-1)?.at ?? 0) / 1000);
  const sum = (list: readonly number[]) => list.slice(first).reduce((total, count) => total + count, 0);
  return { requests: sum(perSecond.requests), errors: sum(perSecond.errors) };
}
