import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/**
 * Huella del laboratorio: su lab.ts y sus manifiestos. Si cambia, lo hecho hay que repetirlo.
 * No importa nada ni mira fechas; los finales de línea de Windows no cuentan.
 */
export async function contentHash(root: string, folder: string): Promise<string> {
  const hash = createHash('sha256');
  for (const file of [`labs/${folder}/lab.ts`, ...(await yamlUnder(root, `manifests/${folder}`))]) {
    const text = await readFile(path.join(root, file), 'utf8');
    hash.update(`${file}\0${text.replaceAll('\r\n', '\n')}\0`);
  }
  return hash.digest('hex').slice(0, 16);
}

async function yamlUnder(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(path.join(root, folder), { withFileTypes: true, recursive: true });
  return entries
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name))
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
}
