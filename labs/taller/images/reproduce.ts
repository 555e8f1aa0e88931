import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { recipeFor } from './all-recipes.ts';
import { checkMachine } from './check-machine.ts';
import { openDebian } from './debian/debian.ts';
import { imageConfig } from './image-config.ts';
import { layersOf, makeLayers } from './make-layers.ts';
import { missingRecipe } from './missing-recipe.ts';
import type { Recipe, Versions } from './recipe.ts';
import { sha256 } from './sha256.ts';
import type { Workshop } from './workshop.ts';

interface Reproduction {
  name: string;
  /** Suma de la configuración, que lleva las de todas las capas: la identidad de la imagen. */
  digests: readonly string[];
}

/** Hace cada imagen dos veces desde cero, en carpetas aparte. Con los mismos paquetes, sus dos identidades deben ser la misma. */
export async function reproduce(
  names: readonly string[],
  {
    cacheDir,
    binaries,
    env,
    signal,
  }: { cacheDir: string; binaries: { folder: string; versions: Versions }; env: Readonly<Record<string, string | undefined>>; signal: AbortSignal },
): Promise<Reproduction[]> {
  const recipes = await Promise.all(
    names.map(async (name) => {
      const recipe = recipeFor(name);
      if (!recipe) throw await missingRecipe(name);
      return { name, recipe };
    }),
  );
  await checkMachine(
    recipes.map(({ recipe }) => recipe),
    cacheDir,
  );
  const digests: string[][] = [];
  for (let turn = 0; turn < 2; turn++) {
    const folder = await mkdtemp(path.join(cacheDir, 'reproducir-'));
    try {
      digests.push(
        await digestsOf(recipes, {
          folder,
          scratch: path.join(folder, 'trabajo'),
          binaries,
          debian: openDebian(path.join(folder, 'apt'), env, signal),
          signal,
        }),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  return recipes.map(({ name }, index) => ({ name, digests: digests.map((turn) => turn[index] ?? '') }));
}

async function digestsOf(recipes: readonly { recipe: Recipe }[], workshop: Workshop): Promise<string[]> {
  await mkdir(workshop.scratch, { recursive: true });
  const makeLayer = makeLayers(workshop, availableParallelism());
  return Promise.all(
    recipes.map(async ({ recipe }) => sha256(imageConfig(recipe.config, await layersOf(recipe, makeLayer, workshop, () => {}), process.arch))),
  );
}
