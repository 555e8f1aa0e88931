import { humanDuration } from '../../engine/reading.ts';
import { down } from '../cluster/down.ts';
import { foldersOf } from '../cluster/folders.ts';
import { findLeftovers } from '../cluster/leftovers.ts';
import { preflight, thisMachine } from '../cluster/preflight.ts';
import { withTaller } from '../exclusive.ts';
import { say, type TallerContext } from './context.ts';

/** Parar lo que no está también es acabar bien: quien lo pide quiere que no quede nada, y no queda. */
export async function runDown(context: TallerContext): Promise<void> {
  const { cacheDir, env, screen } = context;
  const folders = foldersOf(cacheDir);
  if ((await findLeftovers(folders)).length === 0) {
    say(context, 'No hay ningún taller levantado, ni restos de ninguno.');
    return;
  }
  preflight(thisMachine(env), folders);
  await withTaller(cacheDir, async () => {
    const start = screen.now();
    const { wasRunning, leftovers } = await down(cacheDir);
    const took = humanDuration(screen.now() - start);
    if (wasRunning) say(context, `Taller parado en ${took}. Comprobado: no queda ningún proceso, montaje, cgroup ni carpeta suya.`);
    else say(context, `No había taller en marcha, pero sí restos (${leftovers.length}). Borrados en ${took}: no queda ninguno.`);
  });
}
