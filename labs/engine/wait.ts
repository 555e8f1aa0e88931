import type { Check, CheckResult } from './check.ts';
import { parseDuration } from './duration.ts';
import { LabError } from './lab-error.ts';
import type { Clock, Duration, Mismatch } from './ports.ts';
import { humanDuration } from './reading.ts';

export interface EventuallyOptions {
  /** Plazo desde la llamada. */
  within: Duration;
  /** Lecturas seguidas que deben cumplir. Por defecto, 1. */
  stable?: number;
}

export interface ConsistentlyOptions {
  /** Cuánto tiempo debe cumplirse, contado desde la llamada. */
  during: Duration;
}

/** Lo que se sabe mientras aún se espera. `within` y `elapsed` en milisegundos del reloj del destino. */
export interface Waiting {
  expected: string;
  found: string;
  within: number;
  elapsed: number;
}

export interface WaitWorld {
  clock: Clock;
  signal: AbortSignal;
  onWaiting(waiting: Waiting): void;
}

/**
 * Entre lectura y lectura, en milisegundos. En un clúster de verdad esto es lo que se tarda de más en darse cuenta de cada
 * cosa: diez lecturas por segundo no le molestan. El reloj virtual no espera a nadie: ahí leer más solo gasta procesador.
 */
const pauses = { real: 100, virtual: 250 };
const pauseOf = ({ isVirtual }: Clock) => (isVirtual ? pauses.virtual : pauses.real);
/** Aunque no cambie nada, quien mira quiere ver pasar el tiempo. */
const heartbeat = 1000;
/** Lo menos que se espera a una lectura suelta cuando callar no es fallar. */
const patience = 5000;

/**
 * Espera a que `read` cumpla `check` y lo siga cumpliendo.
 * @param read   Lectura sin efectos, se repite. `undefined` significa «el objeto aún no existe».
 * @returns Lo último leído, ya conforme.
 * @throws {LabError} `NOT_YET` (plazo agotado; lleva el último desajuste), `STOPPED` (no puede sanar), `ABORTED` (Ctrl-C)
 *   y, sin esperar más, el error de una lectura que no va a sanar (401, 403, tipo que no existe).
 * @see onsi/gomega internal/async_assertion.go
 * @example await eventually(() => cluster.pod('web-0'), isReady(), { within: '60s', stable: 2 }, world);
 */
export async function eventually<T, Passed = T>(
  read: () => Promise<T>,
  check: Check<T, Passed>,
  { within, stable = 1 }: EventuallyOptions,
  world: WaitWorld,
): Promise<Passed> {
  const limit = parseDuration(within);
  const watch = stopwatch(world, check.describe, limit);
  let mismatch: Mismatch | undefined;
  let passes = 0;
  for (;;) {
    const attempt = await readOnce(read, check, limit - watch.elapsed(), world);
    if (attempt.kind === 'ok') {
      passes += 1;
      if (passes >= stable) return attempt.value as unknown as Passed;
    } else passes = 0;
    if (attempt.kind === 'mismatch') {
      mismatch = attempt.mismatch;
      if (attempt.cannotHeal) {
        throw new LabError(`No va a sanar: ${attempt.cannotHeal}. Se esperaba: ${check.describe}; ${explainMismatch(mismatch)}.`, {
          code: 'STOPPED',
          mismatch,
        });
      }
    }
    const found =
      attempt.kind === 'error'
        ? failedReading(attempt.error, mismatch)
        : mismatch
          ? explainMismatch(mismatch)
          : `se cumple ${passes} de ${stable} veces seguidas`;
    if (watch.elapsed() >= limit) {
      throw new LabError(`Pasaron ${humanDuration(limit)} y no se cumple: ${check.describe}. Lo último: ${found}.`, {
        code: 'NOT_YET',
        ...(mismatch ? { mismatch } : {}),
        ...(attempt.kind === 'error' ? { cause: attempt.error } : {}),
      });
    }
    watch.report(found);
    await world.clock.sleep(`${Math.min(pauseOf(world.clock), limit - watch.elapsed())}ms`, world.signal);
  }
}

/**
 * Exige que `read` cumpla `check` desde ahora y durante todo el plazo.
 * @throws {LabError} `BROKEN` a la primera violación; `NOT_YET` si al acabar no se pudo leer: lo que no se ha visto no se afirma.
 */
export async function consistently<T, Passed = T>(
  read: () => Promise<T>,
  check: Check<T, Passed>,
  { during }: ConsistentlyOptions,
  world: WaitWorld,
): Promise<Passed> {
  const limit = parseDuration(during);
  const watch = stopwatch(world, check.describe, limit);
  for (;;) {
    const attempt = await readOnce(read, check, Math.max(limit - watch.elapsed(), patience), world);
    if (attempt.kind === 'mismatch') {
      const { mismatch } = attempt;
      throw new LabError(
        `Debía cumplirse durante ${humanDuration(limit)} y se rompió a los ${humanDuration(watch.elapsed())}: ${check.describe}; ${explainMismatch(mismatch)}.`,
        { code: 'BROKEN', mismatch },
      );
    }
    const left = limit - watch.elapsed();
    if (left <= 0) {
      if (attempt.kind === 'ok') return attempt.value as unknown as Passed;
      throw new LabError(`Debía cumplirse durante ${humanDuration(limit)}: ${check.describe}; al acabar, ${failedReading(attempt.error, undefined)}.`, {
        code: 'NOT_YET',
        cause: attempt.error,
      });
    }
    watch.report(attempt.kind === 'ok' ? 'se cumple' : failedReading(attempt.error, undefined));
    await world.clock.sleep(`${Math.min(pauseOf(world.clock), left)}ms`, world.signal);
  }
}

/** `status.readyReplicas: hay 1, se esperaba 3` */
export const explainMismatch = ({ path, expected, found }: Mismatch): string => `${path}: hay ${found}, se esperaba ${expected}`;

/** Si ahora la lectura falla pero antes hubo una buena, se dicen las dos cosas. Sigue a gomega. */
const failedReading = (error: LabError, last: Mismatch | undefined) =>
  `la lectura falla (${error.message})${last ? `; en la última buena, ${explainMismatch(last)}` : ''}`;

type Attempt<T> = { kind: 'ok'; value: T } | { kind: 'mismatch'; mismatch: Mismatch; cannotHeal: string | undefined } | { kind: 'error'; error: LabError };

async function readOnce<T, Passed>(read: () => Promise<T>, check: Check<T, Passed>, left: number, world: WaitWorld): Promise<Attempt<T>> {
  if (world.signal.aborted) throw new LabError('Interrumpido', { code: 'ABORTED' });
  let value: T;
  try {
    value = await (world.clock.isVirtual ? read() : orTooLate(read(), Math.max(left, 0), world));
  } catch (error) {
    if (error instanceof LabError && error.canHeal) return { kind: 'error', error };
    throw error;
  }
  // Fuera del try: si la comprobación lanza, es un fallo nuestro y se ve con su traza.
  const result: CheckResult = check.test(value);
  return result.ok ? { kind: 'ok', value } : { kind: 'mismatch', mismatch: result.mismatch, cannotHeal: result.cannotHeal };
}

/** Un servidor que acepta y calla no puede alargar el plazo. Con reloj virtual no hace falta: nada pasa mientras se lee. */
async function orTooLate<T>(reading: Promise<T>, left: number, { clock, signal }: WaitWorld): Promise<T> {
  const stop = new AbortController();
  const late = clock.sleep(`${left}ms`, AbortSignal.any([signal, stop.signal])).then(() => {
    throw new LabError('el servidor no ha contestado a tiempo', { code: 'ENVIRONMENT', canHeal: true });
  });
  late.catch(() => undefined);
  reading.catch(() => undefined);
  try {
    return await Promise.race([reading, late]);
  } finally {
    stop.abort();
  }
}

function stopwatch({ clock, onWaiting }: WaitWorld, expected: string, within: number) {
  const start = clock.now();
  let last = '';
  let reported = Number.NEGATIVE_INFINITY;
  const elapsed = () => clock.now() - start;
  return {
    elapsed,
    report(found: string) {
      if (found === last && elapsed() - reported < heartbeat) return;
      last = found;
      reported = elapsed();
      onWaiting({ expected, found, within, elapsed: elapsed() });
    },
  };
}
