import { LabError } from '../../engine/lab-error.ts';
import { control } from '../cluster/control.ts';
import { foldersOf } from '../cluster/folders.ts';
import { createKubectl } from '../cluster/kubectl.ts';
import { findLeftovers } from '../cluster/leftovers.ts';
import { whoIsChanging } from '../exclusive.ts';
import { readState, type TallerState } from '../state.ts';
import { say, type TallerContext } from './context.ts';

/** El taller en marcha, o el error que dice cómo levantarlo. */
export async function runningState({ cacheDir }: Pick<TallerContext, 'cacheDir'>): Promise<TallerState> {
  const state = await readState(cacheDir);
  if (!state) throw new LabError('El taller no está levantado.', { code: 'ENVIRONMENT', fix: 'npm run taller' });
  return state;
}

export async function runStatus(context: TallerContext): Promise<void> {
  const { cacheDir, signal } = context;
  const state = await readState(cacheDir);
  if (!state) {
    // Lo que hay a medio levantar no son restos: borrarlo estropearía lo que otra orden está haciendo.
    const owner = await whoIsChanging(cacheDir);
    if (owner !== undefined)
      return say(context, `El taller aún no está levantado: el proceso ${owner} lo está levantando o parando.`, 'Cuando acabe, repite: npm run taller estado');
    const leftovers = await findLeftovers(foldersOf(cacheDir));
    say(
      context,
      'El taller no está levantado.',
      leftovers.length > 0 ? `Quedan restos de uno anterior (${leftovers.length}): npm run taller parar` : 'Para levantarlo: npm run taller',
    );
    return;
  }
  const on = await control(foldersOf(cacheDir), { op: 'list' }, 5000);
  const kubectl = createKubectl(cacheDir, state.binFolder, signal);
  const table = await kubectl(['get', 'nodes', '-o', 'wide']).catch(() => undefined);
  const off = state.nodes.filter((name) => !on.includes(name));
  say(
    context,
    `Taller: Kubernetes ${state.version} real en ${state.server}, desde ${new Date(state.since).toLocaleString('es')}`,
    `Encendidos: ${on.join(', ') || 'ninguno'}${off.length > 0 ? `. Apagados: ${off.join(', ')}` : ''}`,
    '',
    table ?? 'El kube-apiserver no contesta. Prueba:  npm run taller parar && npm run taller',
    '',
    `export KUBECONFIG=${state.kubeconfig}`,
  );
}
