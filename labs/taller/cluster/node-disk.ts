import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { NodePlace } from './addresses.ts';
import type { Folders } from './folders.ts';
import { diskFolders, nodeDisk } from './node-spec.ts';

/** Dentro del almacén de containerd, las carpetas cuyo contenido nadie modifica: blobs y capas desplegadas. */
const untouched = ['io.containerd.content.v1.content/blobs/sha256', 'io.containerd.snapshotter.v1.overlayfs/snapshots'];

/**
 * Lo del almacén que comparten todos los nodos de este taller: enlaces duros, que no ocupan y que siguen ahí aunque el almacén se rehaga.
 * Son miles de archivos: se enlazan una vez, y no una por nodo.
 */
export async function shareStore(folders: Folders, store: string): Promise<void> {
  const shared = sharedStore(folders);
  if (existsSync(shared)) return;
  await execa('cp', ['-al', store, `${shared}.nuevo`]);
  await rename(`${shared}.nuevo`, shared);
}

const sharedStore = ({ nodes }: Folders): string => path.join(nodes, 'almacén');

/**
 * El disco de un nodo nuevo, después de `shareStore`. Cada blob y cada capa es un enlace a lo compartido; lo que containerd escribe, sus bases de datos entre ello,
 * se copia. Si borra una imagen, borra el enlace.
 */
export async function createNodeDisk(folders: Folders, place: NodePlace): Promise<void> {
  for (const what of Object.keys(diskFolders)) await mkdir(nodeDisk(folders, place, what), { recursive: true });
  await copyStore(sharedStore(folders), nodeDisk(folders, place, 'containerd'), '');
}

async function copyStore(shared: string, disk: string, folder: string): Promise<void> {
  await mkdir(path.join(disk, folder), { recursive: true });
  for (const entry of await readdir(path.join(shared, folder), { withFileTypes: true })) {
    const name = path.join(folder, entry.name);
    if (untouched.includes(folder)) await symlink(path.join(shared, name), path.join(disk, name));
    else if (entry.isDirectory()) await copyStore(shared, disk, name);
    else await copyFile(path.join(shared, name), path.join(disk, name));
  }
}

export const hasNodeDisk = ({ nodes }: Folders, { name }: NodePlace): boolean => existsSync(path.join(nodes, name));

export const removeNodeDisk = ({ nodes }: Folders, { name }: NodePlace): Promise<void> => rm(path.join(nodes, name), { recursive: true, force: true });
