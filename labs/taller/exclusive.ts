import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../engine/lab-error.ts';

/**
 * Dos órdenes que cambian el mismo taller no pueden correr a la vez. A diferencia de un cerrojo corto, aquí no se espera:
 * quien llega segundo no sabe si lo que encontrará al acabar la otra es lo que quería.
 * @throws {LabError} `ENVIRONMENT` si otra orden viva lo tiene.
 */
export async function withTaller<T>(cacheDir: string, work: () => Promise<T>): Promise<T> {
  const file = lockFile(cacheDir);
  await mkdir(cacheDir, { recursive: true });
  await take(file);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

const lockFile = (cacheDir: string) => path.join(cacheDir, 'orden.pid');

/** El proceso de la orden que está cambiando el taller ahora mismo, si la hay. */
export const whoIsChanging = (cacheDir: string): Promise<number | undefined> => ownerOf(lockFile(cacheDir));

/** `undefined` si nadie lo tiene, o si lo dejó un proceso que ya no vive. */
async function ownerOf(file: string): Promise<number | undefined> {
  const owner = await readFile(file, 'utf8').catch(() => '');
  const pid = Number(owner.split(' ')[0]);
  return Number.isInteger(pid) && pid > 0 && (await identityOf(pid)) === owner ? pid : undefined;
}

async function take(file: string): Promise<void> {
  try {
    await writeFile(file, await identityOf(process.pid), { flag: 'wx' });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    const pid = await ownerOf(file);
    if (pid !== undefined) {
      throw new LabError(`Otra orden está cambiando el taller (proceso ${pid}).`, {
        code: 'ENVIRONMENT',
        fix: 'npm run taller estado   (y repite la orden cuando acabe)',
      });
    }
    await rm(file, { force: true });
    await take(file);
  }
}

/** El pid y el instante en que nació: tras reiniciar la máquina, otro proceso puede tener el mismo número. */
async function identityOf(pid: number): Promise<string> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
  // El nombre va entre paréntesis y puede llevar espacios; el instante es el campo 22.
  return `${pid} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''}`;
}
