import { mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { canonicalImage } from '../../../src/maqueta/programs/registry.ts';
import type { OnProgress } from '../progress.ts';
import { recipeFor } from './all-recipes.ts';
import type { ReadyImage } from './archive.ts';
import type { BuiltImage } from './built-image.ts';
import { checkMachine, type Machine } from './check-machine.ts';
import { openDebian } from './debian/debian.ts';
import { buildGoldenStore, findGoldenStore, type GoldenNote, readNotes } from './golden-store.ts';
import { imageKey } from './image-key.ts';
import { layersOf, type MakeLayer, makeLayers } from './make-layers.ts';
import { missingRecipe } from './missing-recipe.ts';
import type { Recipe, Versions } from './recipe.ts';
import { sha256 } from './sha256.ts';
import type { Workshop } from './workshop.ts';

export interface ImageStore {
  /** Raíz de un containerd con todas las imágenes importadas y fijadas, para copiarla a cada nodo. */
  folder: string;
  images: readonly BuiltImage[];
}

interface EnsureOptions {
  /** Como en un manifiesto. Repetir una, o escribirla de dos formas, no cuesta nada. */
  names: readonly string[];
  cacheDir: string;
  binaries: { folder: string; versions: Versions };
  onProgress: OnProgress;
  signal: AbortSignal;
  env?: Readonly<Record<string, string | undefined>>;
}

/**
 * Deja en la caché un almacén de containerd con todas esas imágenes. Con la caché llena no toca nada ni usa la red.
 * @throws {LabError} `ENVIRONMENT`: una imagen sin receta, falta root, un programa, red o disco. `ABORTED`: Ctrl-C.
 */
export async function ensureImages({ names, cacheDir, binaries, onProgress, signal, env = process.env }: EnsureOptions): Promise<ImageStore> {
  const wanted = await recipesByName(names);
  const keys = await keysOf(wanted, binaries.folder);
  const containerd = binaries.versions['containerd'] ?? 'sin versión';
  const folder = path.join(cacheDir, 'imagenes');
  const ready = await findGoldenStore(folder, keys, containerd);
  if (ready) return { folder: ready.folder, images: askedFor(names, ready.note) };

  // Las que ya estaban y siguen al día van también: pedir otras no tira el trabajo de ayer.
  for (const note of await readNotes(folder)) {
    for (const [name, { key }] of Object.entries(note.images)) {
      const recipe = recipeFor(name);
      if (recipe && (await imageKey(recipe, binaries.folder).catch(() => '')) === key) wanted.set(name, recipe);
    }
  }
  const allKeys = await keysOf(wanted, binaries.folder);
  await checkMachine([...new Set(wanted.values())], cacheDir);
  const scratch = await openScratch(folder);
  try {
    const workshop: Workshop = { folder, scratch, binaries, debian: openDebian(path.join(scratch, 'apt'), env, signal), signal };
    const images = await makeImages(wanted, workshop, onProgress);
    const task = 'almacén de imágenes de containerd';
    onProgress({ task, done: 0, total: 1, detail: `${wanted.size} imágenes` });
    const key = sha256(JSON.stringify([containerd, [...allKeys].sort()])).slice(0, 32);
    const described = Object.fromEntries(
      images.flatMap((image) => image.names.map((name) => [name, { key: allKeys.get(name) ?? '', image: describe(name, image) }])),
    );
    const store = await buildGoldenStore(key, images, (files) => ({ containerd, images: described, files }), workshop);
    onProgress({ task, done: 1, total: 1 });
    return { folder: store.folder, images: askedFor(names, store.note) };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/**
 * Lo que impediría hacerlas, sin hacer ninguna: se pregunta antes de los veinte minutos de compilar. De las ya hechas no se mira nada.
 * @throws {LabError} `ENVIRONMENT`: una imagen sin receta, falta root, un programa o disco.
 */
export async function checkImages(names: readonly string[], cacheDir: string, machine?: Machine): Promise<void> {
  const wanted = await recipesByName(names);
  const built = new Set((await readNotes(path.join(cacheDir, 'imagenes'))).flatMap(({ images }) => Object.keys(images)));
  const missing = new Set([...wanted].flatMap(([name, recipe]) => (built.has(name) ? [] : [recipe])));
  if (missing.size > 0) await checkMachine([...missing], cacheDir, machine);
}

/** Por nombre normalizado. */
async function recipesByName(names: readonly string[]): Promise<Map<string, Recipe>> {
  const found = new Map<string, Recipe>();
  for (const name of names) {
    const recipe = recipeFor(name);
    if (!recipe) throw await missingRecipe(name);
    found.set(canonicalImage(name), recipe);
  }
  return found;
}

async function keysOf(wanted: ReadonlyMap<string, Recipe>, binaries: string): Promise<Map<string, string>> {
  const byRecipe = new Map<Recipe, Promise<string>>();
  const keys = new Map<string, string>();
  for (const [name, recipe] of wanted) {
    const key = byRecipe.get(recipe) ?? imageKey(recipe, binaries);
    byRecipe.set(recipe, key);
    keys.set(name, await key);
  }
  return keys;
}

/** Cada receta una vez, varias a la vez, y las capas comunes una sola. */
async function makeImages(wanted: ReadonlyMap<string, Recipe>, workshop: Workshop, onProgress: OnProgress): Promise<ReadyImage[]> {
  const makeLayer = makeLayers(workshop, availableParallelism());
  const recipes = [...new Set(wanted.values())];
  return Promise.all(
    recipes.map(async (recipe) => {
      const names = [...wanted].flatMap(([name, other]) => (other === recipe ? [name] : []));
      return { recipe, names, layers: await makeImage(recipe, makeLayer, workshop, onProgress) };
    }),
  );
}

async function makeImage(recipe: Recipe, makeLayer: MakeLayer, workshop: Workshop, onProgress: OnProgress): Promise<ReadyImage['layers']> {
  const task = `imagen ${recipe.names[0]}`;
  const total = recipe.layers.length;
  onProgress({ task, done: 0, total });
  return layersOf(recipe, makeLayer, workshop, (done, detail) => onProgress({ task, done, total, detail }));
}

function describe(name: string, { recipe, layers }: ReadyImage): BuiltImage {
  const versions = Object.assign({}, ...layers.map((layer) => layer.versions)) as Versions;
  return { name, from: recipe.from(versions), versions, bytes: layers.reduce((sum, { bytes }) => sum + bytes, 0) };
}

/** Las fichas, con el nombre tal como se pidió. */
const askedFor = (names: readonly string[], { images }: GoldenNote): BuiltImage[] =>
  [...new Set(names)].flatMap((name) => {
    const found = images[canonicalImage(name)];
    return found ? [{ ...found.image, name }] : [];
  });

/** `trabajo/PID-…`: la carpeta de esta ejecución. Las de procesos que ya no viven se borran aquí. */
async function openScratch(folder: string): Promise<string> {
  const parent = path.join(folder, 'trabajo');
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    if (!isAlive(Number(name.split('-')[0]))) await rm(path.join(parent, name), { recursive: true, force: true });
  }
  return mkdtemp(path.join(parent, `${process.pid}-`));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
