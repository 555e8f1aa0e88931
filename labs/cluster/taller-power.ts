import { powerOff, powerOn } from '../taller/cluster/nodes.ts';
import type { TallerState } from '../taller/state.ts';
import type { NodePower } from './node-power.ts';

/** Un corte de luz de verdad: el núcleo mata containerd, kubelet y contenedores a la vez. */
export const tallerPower = (cacheDir: string, state: TallerState): NodePower => ({
  off: (node) => powerOff({ cacheDir, state }, node),
  on: (node) => powerOn({ cacheDir, state }, node),
});
