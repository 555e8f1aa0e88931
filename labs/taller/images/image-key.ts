import { suites } from './debian/suites.ts';
import { layerKey } from './layers/layer-key.ts';
import type { Recipe } from './recipe.ts';
import { sha256 } from './sha256.ts';

/** Identidad de una imagen sin hacerla: sus capas en la publicación preferida de Debian y su configuración. */
export async function imageKey(recipe: Recipe, binaries: string): Promise<string> {
  const [preferred = 'forky'] = suites;
  const layers = await Promise.all(recipe.layers.map((layer) => layerKey(layer, preferred, binaries)));
  return sha256(JSON.stringify([layers, recipe.config])).slice(0, 32);
}
