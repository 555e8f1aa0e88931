import { LabError } from '../engine/lab-error.ts';
import { tallerCache } from '../taller/cache.ts';
import { readState } from '../taller/state.ts';
import { whyDown } from '../taller/why-down.ts';
import { createRest, type Rest } from './rest.ts';

/**
 * La API del taller que está en marcha, petición a petición. Solo se usa su kubeconfig y su contexto `taller`: ningún otro clúster.
 * @param kubeconfig  Otro archivo con ese contexto; sin él, el que dejó escrito `npm run taller`.
 */
export async function openTallerRest(env: Readonly<Record<string, string | undefined>>, kubeconfig?: string): Promise<Rest> {
  const cacheDir = tallerCache(env);
  const file = kubeconfig ?? (await readState(cacheDir))?.kubeconfig;
  if (!file) throw await whyDown(cacheDir);
  const { KubeConfig } = await import('@kubernetes/client-node');
  const config = new KubeConfig();
  config.loadFromFile(file);
  if (!config.getContextObject('taller'))
    throw new LabError('Ese kubeconfig no tiene ningún contexto «taller».', { code: 'ENVIRONMENT', where: file, fix: 'npm run taller' });
  config.setCurrentContext('taller');
  return createRest(config);
}
