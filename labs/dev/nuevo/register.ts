/**
 * Añade un laboratorio a labs/registry.ts: su línea, en su sitio por número. El resto del archivo no se toca. La forma
 * que espera es la que escribe: un laboratorio por línea dentro de `labs: … = [ … ];`.
 */
export function register(registry: string, { id, slug, title }: { id: string; slug: string; title: string }): string {
  const lines = registry.split('\n');
  const open = lines.findIndex((line) => /^export const labs\b[^=]*= \[$/.test(line));
  const close = lines.indexOf('];', open);
  if (open < 0 || close < 0) throw new Error('labs/registry.ts ha cambiado de forma: no encuentro «export const labs … = [».');

  const added = `  { id: '${id}', slug: '${slug}', title: '${title}', load: async () => (await import('./${id}-${slug}/lab.ts')).lab },`;
  const after = lines.findLastIndex((line, index) => index > open && index < close && line < added);
  lines.splice((after < 0 ? open : after) + 1, 0, added);
  return lines.join('\n');
}
