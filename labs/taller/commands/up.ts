import { humanDuration } from '../../engine/reading.ts';
import { raiseTaller } from '../raise-taller.ts';
import type { TallerState } from '../state.ts';
import { say, type TallerContext } from './context.ts';

/** Levanta y dice cómo usarlo. Si ya está levantado, solo lo dice. */
export async function runUp(context: TallerContext, options: { nodes?: number; isComplete?: boolean } = {}): Promise<void> {
  const { state, times } = await raiseTaller(context, options);
  const first = times
    ? `El taller está levantado: Kubernetes ${state.version} real, ${nodesText(state)} Ready en ${humanDuration(times.nodesReady)}, con DNS y almacenamiento en ${humanDuration(times.addonsReady)}.`
    : `El taller ya está levantado: Kubernetes ${state.version}, ${nodesText(state)}.`;
  say(context, ...(times ? [''] : []), first, ...howToUse(state));
}

const howToUse = ({ kubeconfig }: TallerState): string[] => [
  'Un laboratorio:  npm run -s lab 04 taller',
  `Con kubectl:     kubectl --kubeconfig ${kubeconfig} get nodes`,
  'Al acabar:       npm run taller parar',
];

const nodesText = ({ nodes }: TallerState) => (nodes.length === 1 ? '1 nodo' : `${nodes.length} nodos`);
