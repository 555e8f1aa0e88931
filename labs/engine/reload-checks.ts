import type { Check } from './check.ts';
import type { Reload } from './reading.ts';

/** Ninguna recarga ha fallado. Un error ya ocurrido no se cura: no merece la pena esperar. */
export const noReloadErrors = (): Check<Reload[]> => ({
  describe: 'ni una recarga con error',
  test(reloads) {
    const failed = reloads.filter((reload) => reload.error);
    if (reloads.length > 0 && failed.length === 0) return { ok: true };
    const first = failed[0];
    const found = first ? `${failed.length} de ${reloads.length}; la primera, la n.º ${first.n}: ${first.error}` : 'ninguna recarga';
    return { ok: false, mismatch: { path: 'recargas con error', expected: '0', found }, ...(first ? { cannotHeal: 'una recarga ya ha fallado' } : {}) };
  },
});

/** Las últimas `count` en contestar, todas bien: quien recarga ya encuentra el servicio. */
export const lastReloadsFine = (count: number): Check<Reload[]> => ({
  describe: `las últimas ${count} recargas, sin error`,
  test(reloads) {
    const last = reloads.slice(-count);
    const fine = last.filter((reload) => !reload.error).length;
    if (fine >= count) return { ok: true };
    return { ok: false, mismatch: { path: `últimas ${count} recargas sin error`, expected: `${count}`, found: `${fine}` } };
  },
});

/**
 * Las que se pidieron después de todas las de `before`. Por su número y no por su sitio en el registro: la que no encontró a nadie
 * se apunta dos segundos después de pedirse, cuando otras posteriores ya han contestado.
 */
export function reloadsAfter(before: readonly Reload[], reloads: readonly Reload[]): Reload[] {
  const last = Math.max(...before.map(({ n }) => n));
  return reloads.filter(({ n }) => n > last);
}

/** Todas contestan con una sola versión, y no es `old`. */
export const onlyNewVersion = (old: string | undefined): Check<Reload[]> => ({
  describe: `ninguna respuesta de ${old ?? 'la versión anterior'}`,
  test(reloads) {
    const versions = [...new Set(reloads.map((reload) => reload.version ?? 'ninguna'))];
    if (versions.length === 1 && versions[0] !== old && versions[0] !== 'ninguna') return { ok: true };
    return {
      ok: false,
      mismatch: { path: 'versión que contesta', expected: `una sola, distinta de ${old ?? 'la anterior'}`, found: versions.join(', ') || 'ninguna respuesta' },
    };
  },
});
