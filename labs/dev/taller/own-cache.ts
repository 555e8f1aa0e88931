import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import path from 'node:path';
import { tallerCache } from '../../taller/cache.ts';
import { type Folders, foldersOf } from '../../taller/cluster/folders.ts';

export interface OwnCache {
  /** Para `XDG_CACHE_HOME`. */
  home: string;
  cacheDir: string;
  folders: Folders;
  /** Solo si su taller ya no vive: si no, borraría el suelo que pisa. */
  remove(): void;
}

/**
 * Otra caché que comparte con la de la persona lo compilado y las imágenes: su taller es otro y el que esté en marcha no se toca.
 * Va al lado de la suya, para que los discos de los nodos se puedan enlazar con ella.
 */
export function createOwnCache(env: Readonly<Record<string, string | undefined>>): OwnCache {
  const shared = tallerCache(env);
  mkdirSync(shared, { recursive: true });
  const home = mkdtempSync(path.join(path.dirname(shared), 'r-'));
  const cacheDir = tallerCache({ XDG_CACHE_HOME: home });
  mkdirSync(cacheDir, { recursive: true });
  for (const name of ['bin', 'imagenes']) {
    mkdirSync(path.join(shared, name), { recursive: true });
    symlinkSync(path.join(shared, name), path.join(cacheDir, name));
  }
  const folders = foldersOf(cacheDir);
  return {
    home,
    cacheDir,
    folders,
    remove() {
      if (!existsSync(folders.run)) rmSync(home, { recursive: true, force: true });
    },
  };
}
