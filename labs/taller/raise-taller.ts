import { LabError } from '../engine/lab-error.ts';
import { ensureBinaries } from './build/ensure-binaries.ts';
import { foldersOf } from './cluster/folders.ts';
import { preflight, thisMachine } from './cluster/preflight.ts';
import { type UpTimes, up } from './cluster/up.ts';
import type { TallerContext } from './commands/context.ts';
import { withTaller } from './exclusive.ts';
import { checkImages, ensureImages } from './images/ensure-images.ts';
import { readState, type TallerState } from './state.ts';
import { completeImages, wantedImages } from './wanted-images.ts';

export const defaultNodes = 3;

export interface Raised {
  state: TallerState;
  /** Si ya estaba levantado, no hay tiempos. */
  times?: UpTimes;
}

interface RaiseOptions {
  nodes?: number;
  /** También las imágenes de la batería de conformidad, las de carga y los servidores: tardan más y casi nadie las necesita. */
  isComplete?: boolean;
}

/**
 * El taller que ya esté en marcha o, si no lo hay, uno nuevo: compila y hace las imágenes que falten, y lo levanta.
 * @throws {LabError} `ENVIRONMENT` si el que hay no tiene las imágenes pedidas: a un nodo en marcha no se le añaden.
 */
export async function raiseTaller(context: TallerContext, { nodes = defaultNodes, isComplete = false }: RaiseOptions = {}): Promise<Raised> {
  const { cacheDir, env, progress, signal, root } = context;
  preflight(thisMachine(env), foldersOf(cacheDir));
  return withTaller(cacheDir, async () => {
    const names = isComplete ? await completeImages(root) : await wantedImages(root);
    const running = await readState(cacheDir);
    if (running) {
      const missing = isComplete ? names.filter((name) => !hasImage(running, name)) : [];
      if (missing.length > 0) {
        throw new LabError(
          `El taller está levantado sin ${missing.length === 1 ? 'una imagen' : `${missing.length} imágenes`} que hace falta: ${missing.join(', ')}.`,
          {
            code: 'ENVIRONMENT',
            fix: 'npm run taller parar && npm run taller completo',
          },
        );
      }
      return { state: running };
    }
    const groups = isComplete ? (['cluster', 'conformance', 'load'] as const) : (['cluster'] as const);
    await checkImages(names, cacheDir);
    const binaries = await ensureBinaries({ cacheDir, groups, onProgress: progress.onProgress, signal });
    const store = await ensureImages({ names, cacheDir, binaries, onProgress: progress.onProgress, signal });
    try {
      return await up({ cacheDir, binaries, store, nodes, port: portFrom(env), onProgress: progress.onProgress, signal });
    } catch (error) {
      if (signal.aborted) throw new LabError('Interrumpido. No queda nada levantado.', { code: 'ABORTED', cause: error });
      throw error;
    }
  });
}

/** El almacén las guarda por su nombre entero; los manifiestos las nombran corto. */
const hasImage = ({ images }: TallerState, name: string): boolean => images.some((image) => image.name === name || image.name.endsWith(`/${name}`));

/** `TALLER_PUERTO` fija el puerto de 127.0.0.1; sin ella, uno libre. */
function portFrom({ TALLER_PUERTO: given }: TallerContext['env']): number {
  if (given === undefined || given === '') return 0;
  const port = Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LabError(`TALLER_PUERTO dice «${given}», que no es un puerto.`, { code: 'USAGE', fix: 'TALLER_PUERTO=6443 npm run taller' });
}
