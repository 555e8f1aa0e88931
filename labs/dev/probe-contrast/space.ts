import { randomInt } from 'node:crypto';
import path from 'node:path';
import { readManifestFile } from '../../cluster/manifests.ts';
import type { Check } from '../../engine/check.ts';
import { Namespace } from '../../engine/kinds.ts';
import type { Duration, ManifestDocument, Target } from '../../engine/ports.ts';
import { eventually } from '../../engine/wait.ts';
import type { LabCluster } from '../../lab.ts';
import { createLabCluster } from '../../lab-cluster.ts';
import { spaceSuffix } from '../../space-suffix.ts';

/** Un espacio de nombres para medir, y lo que hace falta para mover y esperar lo que hay en él. */
export interface Space {
  target: Target;
  cluster: LabCluster;
  signal: AbortSignal;
  read(file: string): Promise<ManifestDocument[]>;
  wait<T, Passed>(read: () => Promise<T>, check: Check<T, Passed>, within?: Duration): Promise<Passed>;
  sleep(time: Duration): Promise<void>;
}

const root = path.join(import.meta.dirname, '../../..');

/** Crea el espacio, mide dentro y lo borra, acabe como acabe. */
export async function insideSpace<T>(target: Target, signal: AbortSignal, measure: (space: Space) => Promise<T>): Promise<T> {
  const name = `sonda-${spaceSuffix(randomInt)}`;
  const created = await target.actions.createNamespace(name, { 'bitacora.lab': 'sonda' });
  const read = (file: string) => readManifestFile(root, `manifests/${file}`);
  const { clock } = target;
  try {
    return await measure({
      target,
      signal,
      read,
      // Los de la sonda se nombran desde la carpeta de un laboratorio: aquí, desde cualquiera.
      cluster: createLabCluster(target, name, { read: (file) => read(path.posix.join('sonda', file)), answers: async () => [] }),
      wait: (look, check, within = '3m') => eventually(look, check, { within }, { clock, signal, onWaiting: () => undefined }),
      sleep: (time) => clock.sleep(time, signal),
    });
  } finally {
    // Con la orden interrumpida también se recoge: por eso no lleva su señal.
    const current = await target.cluster.get(Namespace, undefined, name);
    if (current?.metadata.uid === created.metadata.uid) await target.actions.delete(current);
  }
}
