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
      say(context, `El taller ya está levantado: Kubernetes ${running.version}, ${running.nodes.length} nodos.`, ...howToUse(running));
      return;
    }
    const binaries = await clusterBinaries(context);
    const store = await ensureImages({ names: await wantedImages(root), cacheDir, binaries, onProgress: progress.onProgress, signal });
    const { state, times } = await up({ cacheDir, binaries, store, nodes, onProgress: progress.onProgress, signal }).catch((error: unknown) => {
      if (signal.aborted) throw new LabError('Interrumpido. No queda nada levantado.', { code: 'ABORTED', cause: error });
      throw error;
    });
    say(
      context,
      '',
      `El taller está levantado: Kubernetes ${state.version} real, ${state.nodes.length} nodos Ready en ${humanDuration(times.nodesReady)}, con DNS y almacenamiento en ${humanDuration(times.addonsReady)}.`,
      ...howToUse(state),
    );
  });
}

const howToUse = ({ kubeconfig }: TallerState): string[] => [
  'Un laboratorio:  npm run -s lab 04 taller',
  `Con kubectl:     kubectl --kubeconfig ${kubeconfig} get nodes`,
  'Al acabar:       npm run taller parar',
];
