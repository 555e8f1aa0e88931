import { control } from '../cluster/control.ts';
import { foldersOf } from '../cluster/folders.ts';
import { powerOff, powerOn, resize, waitUntilReady } from '../cluster/nodes.ts';
import { withTaller } from '../exclusive.ts';
import { ensureImages } from '../images/ensure-images.ts';
import type { TallerRequest } from '../parse.ts';
import { readState } from '../state.ts';
import { say, type TallerContext } from './context.ts';
import { runningState } from './status.ts';
import { runUp } from './up.ts';

/** `nodos 4`: si no está levantado, lo levanta con esos. */
export async function runResize(context: TallerContext, count: number): Promise<void> {
  const { cacheDir, progress, signal } = context;
  if (!(await readState(cacheDir))) return runUp(context, { nodes: count });
  await withTaller(cacheDir, async () => {
    const state = await runningState(context);
    const binaries = { folder: state.binFolder, versions: state.binaries };
    const names = state.images.map(({ name }) => name);
    const { folder } = await ensureImages({ names, cacheDir, binaries, onProgress: progress.onProgress, signal });
    const { nodes } = await resize({ cacheDir, state, onProgress: progress.onProgress, signal }, count, folder);
    say(context, `El taller tiene ${nodes.length === 1 ? 'un nodo' : `${nodes.length} nodos`}: ${nodes.join(', ')}.`);
  });
}

export async function runPower(context: TallerContext, request: Extract<TallerRequest, { node: string }>): Promise<void> {
  const { cacheDir, progress, signal } = context;
  const { command, node } = request;
  await withTaller(cacheDir, async () => {
    const state = await runningState(context);
    switch (command) {
      case 'powerOff':
        await powerOff({ cacheDir, state }, node);
        say(context, `${node} apagado de golpe. Kubernetes tardará unos 20 s en darlo por perdido.`, `Para encenderlo: npm run taller encender ${node}`);
        return;
      case 'powerOn': {
        await powerOn({ cacheDir, state }, node);
        await waitUntilReady({ cacheDir, state, onProgress: progress.onProgress, signal }, node);
        say(context, `${node} encendido y Ready.`);
        return;
      }
      case 'cut':
      case 'mend':
        await control(foldersOf(cacheDir), { op: command, name: node });
        say(context, command === 'cut' ? `${node} sin red, pero en marcha. Para devolvérsela: npm run taller conectar ${node}` : `${node} vuelve a tener red.`);
    }
  });
}
