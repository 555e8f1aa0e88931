import type { Check } from './check.ts';
import type { KubeObject } from './ports.ts';
import { isReadyPod } from './reading.ts';
import type { TimedEvent } from './timeline.ts';

/** Comprobaciones de flanco: juzgan lo que ha ido pasando, por orden de llegada en un mismo watch. */

/**
 * Los Pods han llegado a Ready por primera vez justo en ese orden. Un turno saltado no se cura: la espera acaba ahí.
 * Las fechas de la API tienen grano de un segundo, por eso no se comparan.
 */
export const readyInOrder = (...names: string[]): Check<readonly TimedEvent[]> => ({
  describe: `${names.join(', ')} quedan Ready, en ese orden`,
  test(events) {
    const found = firstReady(events).filter((name) => names.includes(name));
    const wrong = found.findIndex((name, index) => name !== names[index]);
    const mismatch = { path: 'orden en que quedan Ready', expected: names.join(', '), found: found.join(', ') || 'ninguno' };
    if (wrong >= 0) return { ok: false, mismatch, cannotHeal: `${found[wrong]} quedó Ready antes que ${names[wrong]}` };
    return found.length === names.length ? { ok: true } : { ok: false, mismatch };
  },
});

/** Los objetos se han ido del todo justo en ese orden. */
export const goneInOrder = (...names: string[]): Check<readonly TimedEvent[]> => ({
  describe: `${names.join(', ')} desaparecen, en ese orden`,
  test(events) {
    const found = events.filter((event) => event.type === 'deleted' && names.includes(event.object.metadata.name)).map((event) => event.object.metadata.name);
    const wrong = found.findIndex((name, index) => name !== names[index]);
    const mismatch = { path: 'orden en que desaparecen', expected: names.join(', '), found: found.join(', ') || 'ninguno' };
    if (wrong >= 0) return { ok: false, mismatch, cannotHeal: `${found[wrong]} desapareció antes que ${names[wrong]}` };
    return found.length === names.length ? { ok: true } : { ok: false, mismatch };
  },
});

/** En ningún momento hubo menos de `least` Pods Ready. `before`: los que había al abrir el watch. */
export const neverFewerReady = (least: number, before: readonly KubeObject[]): Check<readonly TimedEvent[]> => ({
  describe: `nunca menos de ${least} Pods Ready`,
  test(events) {
    const ready = new Set(before.filter(isReadyPod).map((pod) => pod.metadata.uid));
    let lowest = ready.size;
    for (const { type, object } of events) {
      if (type !== 'deleted' && isReadyPod(object)) ready.add(object.metadata.uid);
      else ready.delete(object.metadata.uid);
      lowest = Math.min(lowest, ready.size);
    }
    if (lowest >= least) return { ok: true };
    return {
      ok: false,
      mismatch: { path: 'Pods Ready a la vez, como poco', expected: `${least}`, found: `${lowest}` },
      cannotHeal: `llegó a haber ${lowest} Ready`,
    };
  },
});

/** Nombres por orden de su primer Ready. Cada UID cuenta una vez. */
function firstReady(events: readonly TimedEvent[]): string[] {
  const known = new Set<string>();
  const names: string[] = [];
  for (const { type, object } of events) {
    if (type === 'deleted' || known.has(object.metadata.uid) || !isReadyPod(object)) continue;
    known.add(object.metadata.uid);
    names.push(object.metadata.name);
  }
  return names;
}
