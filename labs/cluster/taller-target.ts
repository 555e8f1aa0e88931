import { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import { readState, type TallerState } from '../taller/state.ts';
import { judgeTaller } from './guard.ts';
import { findContext } from './kubeconfig.ts';
import { openJudged } from './minikube.ts';
import { tallerPower } from './taller-power.ts';

const again = 'npm run taller parar && npm run taller';

/**
 * El taller que está en marcha en esta máquina, visto por el mismo adaptador que minikube.
 * @throws {LabError} `ENVIRONMENT` si no está levantado o si lo está y no contesta, con la orden que lo arregla.
 */
export async function openTallerTarget(cacheDir: string): Promise<Target> {
  const state = await readState(cacheDir);
  if (!state) throw new LabError('El taller no está levantado.', { code: 'ENVIRONMENT', fix: 'npm run taller' });
  const context = await findContext('taller', { KUBECONFIG: state.kubeconfig, home: cacheDir });
  if (!context)
    throw new LabError('El taller está levantado, pero su kubeconfig ha desaparecido.', { code: 'ENVIRONMENT', where: state.kubeconfig, fix: again });
  const server = judgeTaller(context, state.server, again);
  try {
    const target = await openJudged({
      context,
      server,
      id: 'taller',
      title: tallerTitle(state),
      // Fuera de este kubeconfig nadie conoce ese contexto: la orden que se pega lleva los dos.
      kubectlArguments: ['--kubeconfig', state.kubeconfig, '--context', context.name],
      power: tallerPower(cacheDir, state),
    });
    return { ...target, images: state.images };
  } catch (error) {
    if (!(error instanceof LabError)) throw error;
    throw new LabError(`El taller está levantado, pero no contesta: ${error.message}`, { code: 'ENVIRONMENT', fix: again, cause: error });
  }
}

/** Cómo se llama el taller que dice estar en marcha, sin conectarse a él. */
export async function runningTaller(cacheDir: string): Promise<string | undefined> {
  const state = await readState(cacheDir);
  return state && tallerTitle(state);
}

/** «taller (Kubernetes v1.37.1 real, 3 nodos)» */
const tallerTitle = ({ version, nodes }: Pick<TallerState, 'version' | 'nodes'>): string =>
  `taller (Kubernetes ${version} real, ${nodes.length === 1 ? '1 nodo' : `${nodes.length} nodos`})`;
