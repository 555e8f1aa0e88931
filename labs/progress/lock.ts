import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';

export interface LockOptions {
  file: string;
  /** Distinto en cada intento de este y de cualquier otro proceso. */
  unique: string;
  now(): number;
  pause(milliseconds: number): Promise<void>;
  /** Un cerrojo más viejo es de un proceso muerto: nadie lo tiene más que lo que cuesta escribir un archivo. */
  expires?: number;
}

const retry = 15;

/** Corre `work` mientras ningún otro proceso tiene el cerrojo. Un `kill -9` lo deja puesto, y caduca. */
export async function withLock<T>(options: LockOptions, work: () => Promise<T>): Promise<T> {
  const { file, unique, pause } = options;
  while (!(await take(file, unique))) {
    await dropExpired(options);
    await pause(retry);
  }
  try {
    return await work();
  } finally {
    // Si tardamos tanto que otro lo dio por caducado, el que hay ya no es nuestro.
    if ((await readFile(file, 'utf8').catch(() => '')) === unique) await rm(file, { force: true });
  }
}

async function take(file: string, unique: string): Promise<boolean> {
  try {
    await writeFile(file, unique, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST') return false;
    // Sin sitio en el disco el archivo se crea, pero vacío: no se puede dejar cerrado.
    if (code === 'ENOSPC' || code === 'EDQUOT') await rm(file, { force: true }).catch(() => undefined);
    throw error;
  }
}

async function dropExpired({ file, unique, now, expires = 10_000 }: LockOptions): Promise<void> {
  const found = await stat(file).catch(() => undefined);
  // También el que viene del futuro: el reloj de la máquina cambió.
  if (!found || Math.abs(now() - found.mtimeMs) < expires) return;
  // Se aparta con un nombre propio: de dos que lo ven caducado, solo uno consigue renombrarlo.
  const aside = `${file}.${unique}`;
  try {
    await rename(file, aside);
    await rm(aside, { force: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}
