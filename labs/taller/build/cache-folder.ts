import { access, constants, mkdir } from 'node:fs/promises';
import { LabError } from '../../engine/lab-error.ts';

const reasons: Readonly<Record<string, string>> = {
  EACCES: 'no tienes permiso para escribir en ella',
  EPERM: 'no tienes permiso para escribir en ella',
  EROFS: 'su disco es de solo lectura',
  ENOTDIR: 'en su ruta hay un archivo donde debería haber una carpeta',
  EEXIST: 'en su ruta hay un archivo donde debería haber una carpeta',
  ENOSPC: 'no queda sitio en el disco',
  EDQUOT: 'has llegado a tu cuota de disco',
};

/** La crea si falta. Si no se puede escribir en ella, se dice antes de compilar nada. */
export async function writableFolder(folder: string): Promise<string> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK | constants.X_OK);
    return folder;
  } catch (error) {
    const { code = '' } = error as NodeJS.ErrnoException;
    throw new LabError(`La carpeta de caché del taller no sirve: ${reasons[code] ?? `el sistema responde ${code}`}.`, {
      code: 'ENVIRONMENT',
      where: folder,
      fix: 'XDG_CACHE_HOME=/otra/carpeta npm run taller   (o arregla esa: ls -ld)',
      cause: error,
    });
  }
}
