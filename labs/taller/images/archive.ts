import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { imageConfig } from './image-config.ts';
import type { Recipe } from './recipe.ts';
import { sha256 } from './sha256.ts';
import type { StoredLayer } from './workshop.ts';

export interface ReadyImage {
  recipe: Recipe;
  /** Ya normalizados: `docker.io/library/busybox:1.36`. El kubelet expande los cortos y no encontraría otros. */
  names: readonly string[];
  layers: readonly StoredLayer[];
}

/**
 * Prepara en `folder` un archivo de Docker con todas las imágenes, y las capas comunes una sola vez: enlaces a los
 * tar de la caché, que `tar --dereference` sigue. Devuelve los argumentos de ese tar.
 * Sigue a moby: image/spec/spec.md, «Combined Image JSON + Filesystem Changeset Format».
 */
export async function prepareArchive(images: readonly ReadyImage[], folder: string): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true });
  const manifest = [];
  const layers = new Map<string, string>();
  for (const { recipe, names, layers: stored } of images) {
    const config = imageConfig(recipe.config, stored, process.arch);
    const configFile = `${sha256(config)}.json`;
    await writeFile(path.join(folder, configFile), config);
    for (const { sha256, file } of stored) layers.set(`${sha256}.tar`, file);
    manifest.push({ Config: configFile, RepoTags: [...names], Layers: stored.map(({ sha256 }) => `${sha256}.tar`) });
  }
  await writeFile(path.join(folder, 'manifest.json'), JSON.stringify(manifest));
  for (const [name, file] of layers) await symlink(file, path.join(folder, name));
  const members = [...new Set(manifest.map(({ Config }) => Config)), ...layers.keys(), 'manifest.json'];
  return [
    '--create',
    '--file=-',
    `--directory=${folder}`,
    '--dereference',
    '--owner=0',
    '--group=0',
    '--numeric-owner',
    '--mtime=@0',
    '--mode=644',
    ...members,
  ];
}
