import { existsSync } from 'node:fs';
import { copyFile, mkdir, readdir, rename, rm } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import type { NodePlace } from './addresses.ts';
import type { Folders } from './folders.ts';
import { diskFolders, nodeDisk } from './node-spec.ts';

/**
 * El disco de un nodo nuevo. Las imágenes no se importan otra vez: se enlazan los archivos del almacén (capas y blobs,
 * que nadie modifica) y solo se copian de verdad las bases de datos de containerd, que sí se escriben.
 */
export async function createNodeDisk(folders: Folders, place: NodePlace, store: string): Promise<void> {
  for (const what of Object.keys(diskFolders)) await mkdir(nodeDisk(folders, place, what), { recursive: true });
  const containerd = nodeDisk(folders, place, 'containerd');
  await execa('cp', ['-al', `${store}/.`, containerd]);
  for (const file of await readdir(containerd, { recursive: true, encoding: 'utf8' })) {
    if (file.endsWith('.db') && !file.includes('/snapshots/')) await detach(path.join(containerd, file));
  }
}

/** Deja de compartir el archivo con el almacén. */
async function detach(file: string): Promise<void> {
  await copyFile(file, `${file}.copia`);
  await rename(`${file}.copia`, file);
}

export const hasNodeDisk = ({ nodes }: Folders, { name }: NodePlace): boolean => existsSync(path.join(nodes, name));

export const removeNodeDisk = ({ nodes }: Folders, { name }: NodePlace): Promise<void> => rm(path.join(nodes, name), { recursive: true, force: true });
