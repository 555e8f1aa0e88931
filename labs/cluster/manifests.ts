import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../engine/lab-error.ts';
import type { ManifestDocument } from '../engine/ports.ts';
import { parseManifest } from './parse-manifest.ts';

/**
 * Lee un YAML. `root` es la raíz del proyecto: los mensajes nombran el archivo relativo a ella.
 * @throws {LabError} `MANIFEST` con archivo y línea.
 */
export async function readManifestFile(root: string, file: string): Promise<ManifestDocument[]> {
  const name = shownAs(root, file);
  let text: string;
  try {
    text = await readFile(path.resolve(root, file), 'utf8');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    const why = code === 'ENOENT' ? 'no existe' : code === 'EACCES' ? 'no se puede leer: faltan permisos' : `no se puede leer (${code})`;
    throw new LabError(`El manifiesto ${name} ${why}.`, { code: 'MANIFEST', where: name, cause: error });
  }
  return rejectRepeated(parseManifest(text, name));
}

/** Todos los YAML de una carpeta, por nombre de archivo. Las subcarpetas no cuentan: son el reto, la solución, las erróneas. */
export async function readManifestFolder(root: string, folder: string): Promise<ManifestDocument[]> {
  const name = shownAs(root, folder);
  let files: string[];
  try {
    files = (await readdir(path.resolve(root, folder), { withFileTypes: true }))
      .filter((entry) => !entry.isDirectory() && /\.ya?ml$/.test(entry.name))
      .map((entry) => entry.name);
  } catch (error) {
    throw new LabError(`La carpeta ${name} no se puede leer (${(error as NodeJS.ErrnoException).code}).`, { code: 'MANIFEST', where: name, cause: error });
  }
  if (files.length === 0) throw new LabError(`La carpeta ${name} no tiene ningún archivo .yaml.`, { code: 'MANIFEST', where: name });
  // Por código de carácter: el mismo orden en cualquier sistema e idioma.
  files.sort((a, b) => (a < b ? -1 : 1));
  const documents: ManifestDocument[] = [];
  for (const file of files) documents.push(...(await readManifestFile(root, path.join(folder, file))));
  return rejectRepeated(documents);
}

const shownAs = (root: string, file: string) => {
  const relative = path.relative(root, path.resolve(root, file)).split(path.sep).join('/');
  return relative.startsWith('../') ? file.split(path.sep).join('/') : relative;
};

/** Dos documentos con el mismo tipo y nombre: el segundo pisaría al primero sin decir nada. */
export function rejectRepeated(documents: ManifestDocument[]): ManifestDocument[] {
  const seen = new Map<string, ManifestDocument>();
  for (const document of documents) {
    const { apiVersion, kind, metadata } = document.object;
    const key = `${apiVersion.split('/').slice(0, -1).join('/')}/${kind}/${metadata.name}`;
    const first = seen.get(key);
    if (first) {
      throw new LabError(`metadata.name: ya hay un ${kind} «${metadata.name}» en ${first.file}:${first.line}, y este lo pisaría.`, {
        code: 'MANIFEST',
        where: `${document.file}:${document.lineOf('metadata.name')}`,
      });
    }
    seen.set(key, document);
  }
  return documents;
}
