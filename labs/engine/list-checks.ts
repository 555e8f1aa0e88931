import type { Check } from './check.ts';
import type { KubeObject } from './ports.ts';

/** Comprobaciones sobre una lista entera, de nivel. El orden en que llega no importa. */

/** Hay justo esos objetos, por su nombre. */
export const namesAre = (...names: string[]): Check<readonly KubeObject[]> => {
  const expected = [...names].sort().join(', ') || 'ninguno';
  return {
    describe: `los objetos son ${expected}`,
    test(objects) {
      const found = namesOf(objects);
      return found === expected ? { ok: true } : { ok: false, mismatch: { path: 'metadata.name', expected, found } };
    },
  };
};

/** Son los mismos objetos, ni uno más ni uno menos, por UID: uno borrado y vuelto a crear con su nombre no engaña. */
export const sameObjects = (before: readonly KubeObject[]): Check<readonly KubeObject[]> => ({
  describe: `los mismos objetos: ${namesOf(before)}`,
  test(now) {
    const known = new Set(before.map(({ metadata }) => metadata.uid));
    const present = new Set(now.map(({ metadata }) => metadata.uid));
    const missing = before.filter(({ metadata }) => !present.has(metadata.uid));
    const added = now.filter(({ metadata }) => !known.has(metadata.uid));
    if (before.length > 0 && missing.length === 0 && added.length === 0) return { ok: true };
    const found = [...(missing.length > 0 ? [`faltan ${namesOf(missing)}`] : []), ...(added.length > 0 ? [`hay otros: ${namesOf(added)}`] : [])];
    return { ok: false, mismatch: { path: 'metadata.uid', expected: `los mismos: ${namesOf(before)}`, found: found.join('; ') || 'ninguno' } };
  },
});

const namesOf = (objects: readonly KubeObject[]): string =>
  objects
    .map(({ metadata }) => metadata.name)
    .sort()
    .join(', ') || 'ninguno';
