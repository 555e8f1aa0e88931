import { existsSync } from 'node:fs';
import { readdir, readFile, readlink } from 'node:fs/promises';
import path from 'node:path';
import { cgroupFolders } from './cgroups.ts';
import type { Folders } from './folders.ts';

/** Algo nuestro que sigue en la máquina. */
export interface Leftover {
  kind: 'proceso' | 'montaje' | 'cgroup' | 'carpeta';
  what: string;
}

/** Todo lo que un taller puede dejar. Con el taller parado, la lista está vacía o es un fallo. */
export async function findLeftovers(folders: Folders): Promise<Leftover[]> {
  const processes = (await tallerProcesses(folders)).map((pid): Leftover => ({ kind: 'proceso', what: String(pid) }));
  const mounts = (await readFile('/proc/self/mounts', 'utf8').catch(() => ''))
    .split('\n')
    .map((line) => line.split(' ')[1] ?? '')
    .filter((point) => point.startsWith(`${folders.run}/`) || point === folders.run)
    .map((what): Leftover => ({ kind: 'montaje', what }));
  const cgroups = (await cgroupFolders(folders.cgroup)).map((what): Leftover => ({ kind: 'cgroup', what }));
  const folder: Leftover[] = existsSync(folders.run) ? [{ kind: 'carpeta', what: folders.run }] : [];
  return [...processes, ...mounts, ...cgroups, ...folder];
}

/**
 * Los supervisores de esta caché: los que se lanzaron con nuestra carpeta en su línea de órdenes. Lo demás cuelga de
 * ellos. Nunca se busca por nombre: podría ser de otra persona.
 */
export async function tallerProcesses({ run }: Folders): Promise<number[]> {
  const found: number[] = [];
  for (const entry of await readdir('/proc').catch(() => [])) {
    if (!/^\d+$/.test(entry)) continue;
    const words = (await readFile(`/proc/${entry}/cmdline`, 'utf8').catch(() => '')).split('\0');
    if ((words[1] === 'supervisor' || words[1] === 'cluster') && words[2] && path.dirname(words[2]) === run && (await isTaller(entry)))
      found.push(Number(entry));
  }
  return found;
}

const isTaller = async (pid: string): Promise<boolean> =>
  path.basename((await readlink(`/proc/${pid}/exe`).catch(() => '')).replace(/ \(deleted\)$/, '')) === 'taller';
