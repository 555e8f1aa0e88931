/**
 * Añade un laboratorio a la lista de labs/registry.ts, en su sitio por número. El resto del archivo no se toca.
 * Espera la forma que escribe: `export const labs … = [`, una entrada `{ id: 'NN', …` detrás de otra y `];`.
 */
export function register(registry: string, { id, slug, title }: { id: string; slug: string; title: string }): string {
  const list = /(export const labs\b[^=]*= \[\n)([\s\S]*?)(^\];)/m.exec(registry);
  if (!list) throw new Error('labs/registry.ts ha cambiado de forma: no encuentro «export const labs … = [».');
  const [, open = '', entries = ''] = list;
  const start = list.index + open.length;
  const next = [...entries.matchAll(/^ {2}\{\s*id: '(\d\d)'/gm)].find((entry) => (entry[1] ?? '') > id);
  const at = start + (next?.index ?? entries.length);
  const added = `  { id: '${id}', slug: '${slug}', title: '${title}', load: async () => (await import('./${id}-${slug}/lab.ts')).lab },\n`;
  return registry.slice(0, at) + added + registry.slice(at);
}
