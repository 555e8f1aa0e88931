import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { writeAtomic } from './write-atomic.ts';

/** Las órdenes kubectl de la última ejecución de un laboratorio, en `.bitacora/ordenes/04.json`. */
export interface LastCommands {
  /** Huella del laboratorio que las dio: si cambió, ya no valen. */
  content: string;
  targetId: string;
  commands: readonly string[];
}

const fileOf = (root: string, lab: string) => path.join(root, '.bitacora', 'ordenes', `${lab}.json`);

/** Si no se puede guardar no pasa nada: se vuelven a sacar de la maqueta. */
export async function saveLastCommands(root: string, lab: string, last: LastCommands, unique: string): Promise<void> {
  try {
    await mkdir(path.dirname(fileOf(root, lab)), { recursive: true });
    await writeAtomic(fileOf(root, lab), `${JSON.stringify(last, null, 2)}\n`, unique);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
  }
}

export async function readLastCommands(root: string, lab: string, content: string): Promise<LastCommands | undefined> {
  try {
    const last = JSON.parse(await readFile(fileOf(root, lab), 'utf8')) as Partial<LastCommands> | null;
    const isSound =
      last?.content === content && typeof last.targetId === 'string' && Array.isArray(last.commands) && last.commands.every((one) => typeof one === 'string');
    return isSound ? (last as LastCommands) : undefined;
  } catch {
    // No está o no se entiende: es una copia, se vuelve a hacer.
    return undefined;
  }
}
