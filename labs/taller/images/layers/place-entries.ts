import { chmod, chown, mkdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Entry, Versions } from '../recipe.ts';
import { recipeFiles } from './layer-key.ts';

/** Pone cada archivo, carpeta o enlace en `root`, con los permisos de la receta y no los de la máscara de quien ejecuta. */
export async function placeEntries(entries: Readonly<Record<string, Entry>>, root: string): Promise<Versions> {
  for (const [where, entry] of Object.entries(entries)) {
    const target = path.join(root, where);
    await makeFolders(root, path.dirname(where));
    if ('link' in entry) {
      await symlink(entry.link, target);
      continue;
    }
    if ('folder' in entry) await makeFolders(root, where);
    else await writeFile(target, 'file' in entry ? await readFile(path.join(recipeFiles, entry.file)) : entry.text);
    await chmod(target, entry.mode ?? ('folder' in entry ? 0o755 : 0o644));
    await chown(target, entry.owner ?? 0, entry.owner ?? 0);
  }
  return {};
}

/** Como `mkdir -p`, con 0755 en cada carpeta nueva sea cual sea la máscara. */
export async function makeFolders(root: string, folder: string): Promise<void> {
  let at = root;
  for (const part of folder.split('/').filter((piece) => piece !== '')) {
    at = path.join(at, part);
    const exists = await stat(at).then(
      () => true,
      () => false,
    );
    if (exists) continue;
    await mkdir(at);
    await chmod(at, 0o755);
  }
}
