import type { Check } from './check.ts';
import { parseDuration } from './duration.ts';
import type { Duration } from './ports.ts';
import { errorCount, probeErrorWords, sayErrors, sayGap } from './probe-reading.ts';
import type { ProbeError, ProbeResult } from './probe-result.ts';
import { humanDuration } from './reading.ts';

/** Lo que se exige a un resultado de la sonda. Con los que ya no pueden mejorar no se espera. */

/** Ninguna petición ha fallado. */
export const noProbeErrors = (): Check<ProbeResult> => ({
  describe: 'ni una petición con error',
  test(result) {
    const failed = errorCount(result);
    if (result.requests > 0 && failed === 0) return { ok: true };
    const found = failed > 0 ? `${failed} de ${result.requests} (${sayErrors(result)}); hueco más largo, ${sayGap(result)}` : 'ninguna petición';
    return { ok: false, mismatch: { path: 'peticiones con error', expected: '0', found }, ...(failed > 0 ? { cannotHeal: 'una petición ya ha fallado' } : {}) };
  },
});

/** Han fallado al menos `least`: lo que se iba a romper se rompió. De una clase, si se dice. */
export const probeErrorsAtLeast = (least = 1, kind?: ProbeError): Check<ProbeResult> => {
  const detail = kind ? `con error «${probeErrorWords[kind]}»` : 'con error';
  const what = `peticiones ${detail}`;
  return {
    describe: `al menos ${least} ${least === 1 ? 'petición' : 'peticiones'} ${detail}`,
    test(result) {
      const count = kind ? result.errors[kind] : errorCount(result);
      if (count >= least) return { ok: true };
      return { ok: false, mismatch: { path: what, expected: `al menos ${least}`, found: `${count} de ${result.requests}` } };
    },
  };
};

/** El rato más largo sin un éxito no pasa de `most`. Si la medida no tiene ni una petición, no dice nada. */
export const gapAtMost = (most: Duration): Check<ProbeResult> => ({
  describe: `ningún hueco de más de ${humanDuration(parseDuration(most))}`,
  test(result) {
    const gap = result.longestGap?.duration ?? 0;
    if (result.requests > 0 && gap <= parseDuration(most)) return { ok: true };
    const found = result.requests > 0 ? sayGap(result) : 'ninguna petición';
    return {
      ok: false,
      mismatch: { path: 'hueco más largo', expected: `como mucho ${humanDuration(parseDuration(most))}`, found },
      ...(result.requests > 0 ? { cannotHeal: 'un hueco ya medido no se acorta' } : {}),
    };
  },
});

/** Hubo un rato sin un solo éxito, de al menos `least`. */
export const gapAtLeast = (least: Duration): Check<ProbeResult> => ({
  describe: `un hueco de al menos ${humanDuration(parseDuration(least))}`,
  test(result) {
    if ((result.longestGap?.duration ?? 0) >= parseDuration(least)) return { ok: true };
    return { ok: false, mismatch: { path: 'hueco más largo', expected: `al menos ${humanDuration(parseDuration(least))}`, found: sayGap(result) } };
  },
});

/** Ya van al menos tantas peticiones: para no actuar antes de que la sonda haya visto el servicio sano. */
export const probeRequestsAtLeast = (least: number): Check<ProbeResult> => ({
  describe: `al menos ${least} peticiones`,
  test: (result) =>
    result.requests >= least ? { ok: true } : { ok: false, mismatch: { path: 'peticiones', expected: `al menos ${least}`, found: `${result.requests}` } },
});

/** Ha vuelto: ningún hueco abierto, y el último acabó hace al menos `quiet`. De lo que siga en el aire no dice nada: eso se sabe al cerrar la medida. */
export const calmFor = (quiet: Duration): Check<ProbeResult> => ({
  describe: `${humanDuration(parseDuration(quiet))} seguidos sin un error`,
  test({ gaps, gapsOmitted, elapsed, requests }) {
    const expected = `nada falla durante ${humanDuration(parseDuration(quiet))}`;
    const last = gaps.at(-1);
    const calm = elapsed - (last ? last.start + last.duration : 0);
    if (gapsOmitted > 0) return { ok: false, mismatch: { path: 'huecos', expected, found: `${gapsOmitted} que no caben en el resultado` } };
    if (requests > 0 && !last?.isOpen && calm >= parseDuration(quiet)) return { ok: true };
    const found = requests === 0 ? 'ninguna petición' : last?.isOpen ? 'el servicio no ha vuelto' : `el último error fue hace ${humanDuration(calm)}`;
    return { ok: false, mismatch: { path: 'huecos', expected, found } };
  },
});

/** Menos errores que la otra medida, y su hueco más largo, más corto. Las dos se tomaron a la vez y al mismo ritmo. */
export const milderThan = (other: ProbeResult): Check<ProbeResult> => ({
  describe: `menos errores que ${errorCount(other)} y un hueco más corto que ${sayGap(other)}`,
  test(result) {
    const no = (path: string, expected: string, found: string) => ({ ok: false as const, mismatch: { path, expected, found } });
    if (errorCount(result) >= errorCount(other)) return no('peticiones con error', `menos de ${errorCount(other)}`, `${errorCount(result)}`);
    if ((result.longestGap?.duration ?? 0) >= (other.longestGap?.duration ?? 0)) return no('hueco más largo', `más corto que ${sayGap(other)}`, sayGap(result));
    return { ok: true };
  },
});
