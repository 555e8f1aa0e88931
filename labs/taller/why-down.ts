import { existsSync } from 'node:fs';
import { LabError } from '../engine/lab-error.ts';
import { foldersOf } from './cluster/folders.ts';
import { tallerProcesses } from './cluster/leftovers.ts';
import { whoIsChanging } from './exclusive.ts';
import { runFolder } from './state.ts';

/** Por qué no hay un taller que usar, y la orden que lo arregla. Solo mira archivos y procesos: no se conecta a nada. */
export async function whyDown(cacheDir: string): Promise<LabError> {
  const down = (message: string, fix = 'npm run taller') => new LabError(message, { code: 'ENVIRONMENT', fix });
  const owner = await whoIsChanging(cacheDir);
  if (owner !== undefined)
    return down(
      `El taller aún no está levantado: el proceso ${owner} lo está levantando o parando.`,
      'npm run taller estado   (y repite la orden cuando acabe)',
    );
  if ((await tallerProcesses(foldersOf(cacheDir))).length > 0)
    return down('El taller se quedó a medio levantar: su supervisor vive, pero nadie terminó de prepararlo.', 'npm run taller parar && npm run taller');
  if (existsSync(runFolder(cacheDir))) return down('El taller no está levantado: queda la carpeta del último, pero su supervisor ya no vive.');
  return down('El taller no está levantado.');
}
