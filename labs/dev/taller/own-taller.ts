import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { LabError } from '../../engine/lab-error.ts';
import { missingBinaries } from '../../taller/build/ensure-binaries.ts';
import { tallerCache } from '../../taller/cache.ts';
import { foldersOf } from '../../taller/cluster/folders.ts';
import { preflight, thisMachine } from '../../taller/cluster/preflight.ts';
import { listImages } from '../../taller/images/list-images.ts';
import { wantedImages } from '../../taller/wanted-images.ts';
import { createOwnCache, type OwnCache } from './own-cache.ts';
import { runTaller } from './run-taller.ts';

/** Por qué no se puede medir aquí un taller, o nada. Levantarlo con la caché a medias mediría compilar, y no arrancar. */
export async function tallerObstacle(root: string, groups: Parameters<typeof missingBinaries>[0]['groups']): Promise<string | undefined> {
  const cacheDir = tallerCache(process.env);
  try {
    preflight(thisMachine(process.env), foldersOf(path.join(cacheDir, 'r-000000')));
    const binaries = await missingBinaries({ cacheDir, groups, signal: new AbortController().signal });
    if (binaries.length > 0) return `falta compilar ${binaries.join(', ')}${groups.includes('kwok') ? '' : ': npm run taller'}`;
    const wanted = groups.includes('kwok') ? [] : await wantedImages(root);
    const { rows } = await listImages(cacheDir, root);
    const absent = wanted.filter((name) => rows.some(({ names, built }) => names.includes(name) && !built));
    return absent.length > 0 ? `faltan imágenes (${absent.join(', ')}): npm run taller` : undefined;
  } catch (error) {
    if (error instanceof LabError) return error.message;
    throw error;
  }
}

/** La causa que da una orden del taller que ha fallado. */
export const whyIn = (out: string): string => {
  const lines = out.trim().split('\n');
  return (lines.find((line) => line.includes('✖')) ?? lines.at(-1) ?? '').replace('✖', '').trim();
};

/** Presta una caché propia: el taller que esté en marcha no se toca. Al acabar, también con Ctrl-C, no queda nada. */
export async function withOwnTaller<T>(work: (own: OwnCache) => Promise<T>): Promise<T> {
  const own = createOwnCache(process.env);
  const cut = () => void stop(own).then(() => process.exit(130));
  process.once('SIGINT', cut).once('SIGTERM', cut);
  try {
    return await work(own);
  } finally {
    process.off('SIGINT', cut).off('SIGTERM', cut);
    await stop(own);
  }
}

/** Si la orden que lo levantaba aún se está deshaciendo, se espera a que suelte el taller. */
async function stop(own: OwnCache): Promise<void> {
  for (let tries = 0; tries < 20 && (await runTaller(own, ['parar'])).code !== 0; tries++) await sleep(500);
  own.remove();
}
