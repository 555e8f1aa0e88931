import { existsSync } from 'node:fs';
import { readdir, rmdir } from 'node:fs/promises';
import path from 'node:path';

const root = '/sys/fs/cgroup';

/** Con cgroup v1 hay un árbol por recurso; con v2, uno solo. */
export const isCgroupV1 = (): boolean => !existsSync(path.join(root, 'cgroup.controllers'));

/** Las carpetas que quedan con ese nombre, de fuera adentro. */
export async function cgroupFolders(cgroup: string): Promise<string[]> {
  const trees = isCgroupV1() ? (await readdir(root).catch(() => [])).map((tree) => path.join(root, tree)) : [root];
  const found: string[] = [];
  for (const tree of trees) await collect(path.join(tree, cgroup), found);
  return found;
}

async function collect(folder: string, found: string[]): Promise<void> {
  if (!existsSync(folder)) return;
  found.push(folder);
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await collect(path.join(folder, entry.name), found);
}

/** El núcleo solo deja borrar las que no tienen procesos. */
export async function removeCgroups(cgroup: string): Promise<void> {
  for (const folder of (await cgroupFolders(cgroup)).reverse()) {
    await rmdir(folder).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOENT' && error.code !== 'EBUSY') throw error;
    });
  }
}
