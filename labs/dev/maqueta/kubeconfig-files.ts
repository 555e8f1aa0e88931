import { randomUUID } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import net from 'node:net';
import path from 'node:path';
import { LabError } from '../../engine/lab-error.ts';
import { writeAtomic } from '../../progress/write-atomic.ts';

const pattern = /^maqueta-(\d+)\.kubeconfig$/;

/** Guarda el kubeconfig en `.bitacora/`, con el puerto en el nombre: dos maquetas a la vez no se pisan. Solo lo lee quien lo escribió. */
export async function writeKubeconfig(root: string, port: number, text: string): Promise<string> {
  const folder = path.join(root, '.bitacora');
  const file = path.join(folder, `maqueta-${port}.kubeconfig`);
  try {
    await mkdir(folder, { recursive: true });
    await removeLeftovers(folder);
    await writeAtomic(file, text, randomUUID());
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new LabError(`No se ha podido escribir el kubeconfig de la maqueta (${code}).`, { code: 'ENVIRONMENT', where: file, cause: error });
  }
  return file;
}

/** Los de maquetas que murieron sin despedirse: en su puerto ya no escucha nadie. */
async function removeLeftovers(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    const port = Number(pattern.exec(name)?.[1] ?? 0);
    if (port > 0 && !(await isListening(port))) await rm(path.join(folder, name), { force: true });
  }
}

const isListening = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const socket = net.connect({ host: '127.0.0.1', port, timeout: 1000 });
    const end = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket.once('connect', end(true)).once('error', end(false)).once('timeout', end(false));
  });
