import { type Suite, suites } from './debian/suites.ts';
import { buildLayer } from './layers/build-layer.ts';
import { readLayer, readSoundLayer, storeLayer } from './layers/layer-cache.ts';
import { layerKey } from './layers/layer-key.ts';
import type { Layer, Recipe, Versions } from './recipe.ts';
import type { StoredLayer, Workshop } from './workshop.ts';

export type MakeLayer = (layer: Layer, suite: Suite, base: StoredLayer | undefined) => Promise<StoredLayer>;

/** Hace cada capa distinta una vez aunque la pidan varias imágenes, y no más de `atOnce` a la vez. */
export function makeLayers(workshop: Workshop, atOnce: number): MakeLayer {
  const made = new Map<string, Promise<StoredLayer>>();
  const turn = turns(atOnce);
  return async (layer, suite, base) => {
    const key = await layerKey(layer, suite, workshop.binaries.folder);
    const known = made.get(key);
    if (known) return known;
    const making = turn(
      async () =>
        // Una capa que no da su suma se rompió en el disco: se hace otra vez sin molestar a nadie.
        (await readSoundLayer(workshop.folder, key)) ??
        storeLayer(workshop.folder, key, workshop.scratch, (out) => buildLayer(layer, suite, base, out, workshop)),
    );
    made.set(key, making);
    return making;
  };
}

/** Las capas de una receta, todas de la misma publicación de Debian. `onLayer` recibe cuántas van. */
export async function layersOf(
  recipe: Recipe,
  makeLayer: MakeLayer,
  workshop: Workshop,
  onLayer: (done: number, detail: string) => void,
): Promise<StoredLayer[]> {
  const suite = await suiteOf(recipe, workshop);
  const layers: StoredLayer[] = [];
  for (const layer of recipe.layers) {
    onLayer(layers.length, layerTitle(layer));
    layers.push(await makeLayer(layer, suite, layers[0]));
  }
  onLayer(layers.length, 'hecha');
  return layers;
}

/** Si todas sus capas están ya hechas en una publicación, esa, sin preguntar a la red. */
async function suiteOf(recipe: Recipe, { folder, binaries, debian }: Workshop): Promise<Suite> {
  const packages = recipe.layers.flatMap((layer) => ('packages' in layer ? layer.packages : []));
  const expects: Versions = Object.assign({}, ...recipe.layers.map((layer) => ('expects' in layer ? layer.expects : {})));
  for (const suite of suites) {
    const keys = await Promise.all(recipe.layers.map((layer) => layerKey(layer, suite, binaries.folder)));
    const found = await Promise.all(keys.map((key) => readLayer(folder, key)));
    if (found.every((layer) => layer !== undefined)) return suite;
  }
  return packages.length === 0 ? (suites[0] ?? 'forky') : debian.suiteFor(packages, expects);
}

export function layerTitle(layer: Layer): string {
  switch (layer.kind) {
    case 'debian-base':
      return 'base de Debian';
    case 'debian-files':
    case 'debian-install':
      return `${layer.packages.join(', ')} de Debian`;
    case 'npm':
      return `${layer.package} ${layer.version} de npm`;
    case 'binary':
      return `${layer.binary} de Go`;
    case 'c':
      return layer.source;
    case 'files':
      return 'archivos de la receta';
  }
}

/** Deja pasar a `atOnce`; los demás esperan su turno en orden. */
function turns(atOnce: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = [];
  let free = atOnce;
  return async (work) => {
    if (free > 0) free -= 1;
    else await new Promise<void>((resolve) => waiting.push(resolve));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free += 1;
    }
  };
}
