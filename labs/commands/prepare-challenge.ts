import { cp, mkdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../engine/lab-error.ts';
import type { Environment } from '../environment.ts';
import type { LabDefinition } from '../lab.ts';
import { folderOf } from '../registry.ts';
import { challengeBrief, challengeCopied } from '../ui/messages.ts';
import { challengeFolder } from './execute-lab.ts';

/**
 * La primera vez copia el punto de partida a `retos/04/` y dice qué se pide. Después no toca nada: lo que haya ahí es
 * de quien aprende. Se copia al lado y se renombra: una copia a medias no parecería un reto empezado.
 */
export async function prepareChallenge(lab: LabDefinition, { root, suffix }: Pick<Environment, 'root' | 'suffix'>): Promise<string[]> {
  const folder = challengeFolder(lab.id);
  const place = path.join(root, folder);
  const found = await stat(place).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw cannotWrite(folder, error);
  });
  if (found?.isDirectory()) return [];
  if (found) throw new LabError(`${folder} existe y no es una carpeta: ahí va lo que escribas en el reto.`, { code: 'ENVIRONMENT', where: folder });
  const aside = path.join(root, 'retos', `.${lab.id}-${suffix()}`);
  try {
    await mkdir(path.join(root, 'retos'), { recursive: true });
    await cp(path.join(root, 'manifests', folderOf(lab), 'reto'), aside, { recursive: true });
    await rename(aside, place);
  } catch (error) {
    await rm(aside, { recursive: true, force: true }).catch(() => undefined);
    const { code } = error as NodeJS.ErrnoException;
    // Otro proceso la ha puesto mientras tanto: la suya vale.
    if (code === 'ENOTEMPTY' || code === 'EEXIST') return [];
    throw cannotWrite(folder, error as NodeJS.ErrnoException);
  }
  return [challengeCopied(`${folder}/`), challengeBrief(lab.challenge.brief)];
}

const cannotWrite = (folder: string, error: NodeJS.ErrnoException) =>
  error.code === undefined
    ? error
    : new LabError(`No se puede preparar ${folder}/ (${error.code}): ¿hay sitio y permiso para escribir?`, {
        code: 'ENVIRONMENT',
        where: folder,
        cause: error,
      });
