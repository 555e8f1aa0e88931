import path from 'node:path';
import { notedSum } from '../../build/stored.ts';
import type { Suite } from '../debian/suites.ts';
import type { Layer } from '../recipe.ts';
import { sha256, sha256OfFile } from '../sha256.ts';

/** Cámbialo cuando una misma receta deba dar otro resultado. */
const format = 1;

export const recipeFiles = path.join(import.meta.dirname, '..', 'recipes', 'files');

/**
 * Identidad de una capa: su receta, los archivos que lee y, si lleva paquetes de Debian, la publicación.
 * La versión exacta de cada paquete la pone apt al hacerla y queda en la suma de la capa: así, con la caché llena,
 * no hace falta red para saber que no falta nada. Quien quiera las versiones de hoy borra la carpeta de la capa.
 */
export async function layerKey(layer: Layer, suite: Suite, binaries: string): Promise<string> {
  const files = await Promise.all(filesOf(layer, binaries).map(async (file) => (await notedSum(file)) ?? sha256OfFile(file)));
  const usesDebian = layer.kind.startsWith('debian-');
  return sha256(JSON.stringify([format, process.arch, layer, files, usesDebian ? suite : ''])).slice(0, 32);
}

function filesOf(layer: Layer, binaries: string): string[] {
  const script = (name: string) => path.join(import.meta.dirname, name);
  switch (layer.kind) {
    case 'debian-base':
      return [script('debian-base.sh'), script('clean-root.sh'), script('pack.sh')];
    case 'debian-install':
      return [
        // Lo instalado depende de la base sobre la que se instaló.
        ...['debian-base.sh', 'debian-install.sh', 'clean-root.sh', 'pack.sh'].map(script),
        ...[layer.before, layer.after].flatMap((name) => (name === undefined ? [] : [path.join(recipeFiles, name)])),
      ];
    case 'debian-files':
    case 'npm':
      return [script('pack.sh')];
    case 'binary':
      return [script('pack.sh'), path.join(binaries, layer.binary)];
    case 'c':
      return [script('pack.sh'), path.join(recipeFiles, layer.source)];
    case 'files':
      return [script('pack.sh'), ...Object.values(layer.entries).flatMap((entry) => ('file' in entry ? [path.join(recipeFiles, entry.file)] : []))];
  }
}
