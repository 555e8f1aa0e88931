import { readdir, readFile, readlink } from 'node:fs/promises';
import { LabError } from '../../engine/lab-error.ts';

/** Lo que usan el plano de control con sus complementos, y cada nodo. Medido contando descriptores: 12 y 9, y algo más por los Pods. */
const ofControlPlane = 14;
const ofNode = 10;

export interface Inotify {
  limit: number;
  used: number;
}

/**
 * Un usuario tiene un tope de vigilantes de archivos (inotify) en toda la máquina, de fábrica 128: tres talleres de tres nodos. Con el tope
 * alcanzado el kubelet muere al arrancar, una y otra vez, y solo se nota en que su nodo no llega a Ready.
 * @throws {LabError} `ENVIRONMENT` si no caben los de `nodes` nodos más.
 */
export function requireInotify({ limit, used }: Inotify, nodes: number, isNew = true): void {
  const needed = (isNew ? ofControlPlane : 0) + nodes * ofNode;
  if (limit - used >= needed) return;
  throw new LabError(
    `Al usuario root le quedan ${Math.max(0, limit - used)} vigilantes de archivos (inotify) de ${limit}, y aquí hacen falta unos ${needed}.`,
    {
      code: 'ENVIRONMENT',
      where: 'los tienen otros talleres u otros programas de esta máquina',
      fix: 'sysctl -w fs.inotify.max_user_instances=512   (o para el otro taller)',
    },
  );
}

/** Los de root, contados en sus descriptores: el núcleo dice el tope, pero no cuántos hay. */
export async function readInotify(): Promise<Inotify> {
  const limit = Number(await readFile('/proc/sys/fs/inotify/max_user_instances', 'utf8').catch(() => 'NaN'));
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const counts = await Promise.all(pids.map(inotifyOf));
  return { limit: Number.isNaN(limit) ? Number.POSITIVE_INFINITY : limit, used: counts.reduce((sum, each) => sum + each, 0) };
}

/** Un proceso puede acabar mientras se le mira. Uno que se creó con fork comparte los de su padre, y aquí se cuentan dos veces. */
async function inotifyOf(pid: string): Promise<number> {
  const uid = /^Uid:\s+(\d+)/m.exec(await readFile(`/proc/${pid}/status`, 'utf8').catch(() => ''))?.[1];
  if (uid !== '0') return 0;
  const files = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(files.map((file) => readlink(`/proc/${pid}/fd/${file}`).catch(() => '')));
  return targets.filter((target) => target === 'anon_inode:inotify').length;
}
