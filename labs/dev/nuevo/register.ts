/**
 * Añade un laboratorio a labs/registry.ts: su import y su sitio en la lista, por número. El resto del archivo no se
 * toca. La forma que espera es la que escribe: una línea por import y `labs: … = [lab04, …]`.
 */
export function register(registry: string, { id, slug }: { id: string; slug: string }): string {
  const importLine = /^import \{ lab as lab\d\d \} from '\.\/\d\d-[^']+\/lab\.ts';$/;
  const list = /(export const labs\b[^=]*= \[)([^\]]*)(\])/;
  if (!list.test(registry)) throw new Error('labs/registry.ts ha cambiado de forma: no encuentro «export const labs … = [».');

  const lines = registry.split('\n');
  const added = `import { lab as lab${id} } from './${id}-${slug}/lab.ts';`;
  const after = lines.findLastIndex((line) => importLine.test(line) && line < added);
  lines.splice(after + 1, 0, added);

  return lines.join('\n').replace(list, (_, open: string, items: string, close: string) => {
    const names = items.split(',').map((name) => name.trim());
    const sorted = [...names.filter((name) => name !== ''), `lab${id}`].sort();
    return `${open}${sorted.join(', ')}${close}`;
  });
}
