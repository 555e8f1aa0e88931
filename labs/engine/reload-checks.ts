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
