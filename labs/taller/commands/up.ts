import { LabError } from '../../engine/lab-error.ts';
import { humanDuration } from '../../engine/reading.ts';
import { foldersOf } from '../cluster/folders.ts';
import { preflight, thisMachine } from '../cluster/preflight.ts';
import { up } from '../cluster/up.ts';
import { withTaller } from '../exclusive.ts';
import { ensureImages } from '../images/ensure-images.ts';
import { readState, type TallerState } from '../state.ts';
import { wantedImages } from '../wanted-images.ts';
import { clusterBinaries, say, type TallerContext } from './context.ts';

export const defaultNodes = 3;

/** Compila y hace las imágenes que falten, levanta y dice cómo usarlo. Si ya está levantado, solo lo dice. */
export async function runUp(context: TallerContext, nodes = defaultNodes): Promise<void> {
  const { cacheDir, env, progress, signal, root } = context;
  preflight(thisMachine(env), foldersOf(cacheDir));
  await withTaller(cacheDir, async () => {
    const running = await readState(cacheDir);
    if (running) {
      say(context, `El taller ya está levantado: Kubernetes ${running.version}, ${nodesText(running)}.`, ...howToUse(running));
      return;
    }
    const binaries = await clusterBinaries(context);
    const store = await ensureImages({ names: await wantedImages(root), cacheDir, binaries, onProgress: progress.onProgress, signal });
    const { state, times } = await up({ cacheDir, binaries, store, nodes, port: portFrom(env), onProgress: progress.onProgress, signal }).catch(
      (error: unknown) => {
        if (signal.aborted) throw new LabError('Interrumpido. No queda nada levantado.', { code: 'ABORTED', cause: error });
        throw error;
      },
    );
    say(
      context,
      '',
      `El taller está levantado: Kubernetes ${state.version} real, ${nodesText(state)} Ready en ${humanDuration(times.nodesReady)}, con DNS y almacenamiento en ${humanDuration(times.addonsReady)}.`,
      ...howToUse(state),
    );
  });
}

/** `TALLER_PUERTO` fija el puerto de 127.0.0.1; sin ella, uno libre. */
function portFrom({ TALLER_PUERTO: given }: TallerContext['env']): number {
  if (given === undefined || given === '') return 0;
  const port = Number(given);
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port;
  throw new LabError(`TALLER_PUERTO dice «${given}», que no es un puerto.`, { code: 'USAGE', fix: 'TALLER_PUERTO=6443 npm run taller' });
}

const howToUse = ({ kubeconfig }: TallerState): string[] => [
  'Un laboratorio:  npm run -s lab 04 taller',
  `Con kubectl:     kubectl --kubeconfig ${kubeconfig} get nodes`,
  'Al acabar:       npm run taller parar',
];

const nodesText = ({ nodes }: TallerState) => (nodes.length === 1 ? '1 nodo' : `${nodes.length} nodos`);
