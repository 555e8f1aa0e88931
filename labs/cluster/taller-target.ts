import { LabError } from '../engine/lab-error.ts';
import type { Target } from '../engine/ports.ts';
import { readProxyRules } from '../taller/cluster/proxy-rules.ts';
import { whoIsChanging } from '../taller/exclusive.ts';
import { readState, type TallerState } from '../taller/state.ts';
import { whyDown } from '../taller/why-down.ts';
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
  if (!state) throw await whyDown(cacheDir);
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
      onSilence: () => checkAlive(cacheDir, state),
    });
    return { ...target, images: state.images, proxyRules: (node) => readProxyRules(cacheDir, node) };
  } catch (error) {
    if (!(error instanceof LabError) || error.code === 'LOST') throw error;
    throw new LabError(`El taller está levantado, pero no contesta: ${error.message}`, { code: 'ENVIRONMENT', fix: again, cause: error });
  }
}

/**
 * Sin respuesta, lo primero es saber si queda alguien que pueda darla: al morir el supervisor se va todo con él, y esperar
 * a cada paso sería hacer como que algo va a volver.
 */
async function checkAlive(cacheDir: string, { pid, since }: TallerState): Promise<void> {
  const now = await readState(cacheDir);
  if (now?.pid === pid && now.since === since) return;
  const why = now ? 'Hay otro en marcha, levantado después.' : (await whoIsChanging(cacheDir)) ? 'Otra orden lo está parando.' : 'Su supervisor ya no vive.';
  throw new LabError(`El taller ha desaparecido a mitad, con todo lo que había dentro. ${why}`, { code: 'LOST', fix: 'npm run taller' });
}

/** Cómo se llama el taller que dice estar en marcha, sin conectarse a él. */
export async function runningTaller(cacheDir: string): Promise<string | undefined> {
  const state = await readState(cacheDir);
  return state && tallerTitle(state);
}

/** «taller (Kubernetes v1.37.1 real, 3 nodos)» */
const tallerTitle = ({ version, nodes }: Pick<TallerState, 'version' | 'nodes'>): string =>
  `taller (Kubernetes ${version} real, ${nodes.length === 1 ? '1 nodo' : `${nodes.length} nodos`})`;
