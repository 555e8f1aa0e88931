import path from 'node:path';
import { canonicalImage } from '../../../src/maqueta/programs/registry.ts';
import { allRecipes, recipeFor } from './all-recipes.ts';
import type { BuiltImage } from './built-image.ts';
import { missingOnPurpose } from './declared-images.ts';
import { readNotes } from './golden-store.ts';
import { layerTitle } from './make-layers.ts';
import { manifestImages } from './manifest-images.ts';
import type { Recipe } from './recipe.ts';

/** Una receta: las imágenes oficiales a las que sustituye y, si ya está hecha, de qué. */
export interface ImageRow {
  names: readonly string[];
  built: BuiltImage | undefined;
  /** De qué se hará, para las que faltan. */
  plan: readonly string[];
}

export interface ImageList {
  rows: readonly ImageRow[];
  /** Imágenes que un manifiesto pide y nadie sabe hacer. */
  withoutRecipe: readonly { name: string; files: readonly string[] }[];
  folder: string;
}

/** Qué imagen oficial se sustituye por qué, cuáles están hechas y cuáles faltan. No hace ninguna, ni pide root. */
export async function listImages(cacheDir: string, project: string): Promise<ImageList> {
  const folder = path.join(cacheDir, 'imagenes');
  const built = new Map((await readNotes(folder)).flatMap(({ images }) => Object.entries(images).map(([name, { image }]) => [name, image])));
  const asked = await manifestImages(project);
  return {
    folder,
    rows: allRecipes.map((recipe) => ({ names: recipe.names, built: findBuilt(recipe, built), plan: [...new Set(recipe.layers.map(layerTitle))] })),
    withoutRecipe: [...asked].flatMap(([name, files]) => (recipeFor(name) || missingOnPurpose.includes(name) ? [] : [{ name, files }])),
  };
}

const findBuilt = ({ names }: Recipe, built: ReadonlyMap<string, BuiltImage>): BuiltImage | undefined =>
  names.map((name) => built.get(canonicalImage(name))).find((image) => image !== undefined);

/** La lista, en líneas para una terminal o un archivo. */
export function imageLines({ rows, withoutRecipe, folder }: ImageList): string[] {
  const width = Math.max(...rows.map(({ names }) => (names[0] ?? '').length));
  const line = ({ names: [first = '', ...others], built, plan }: ImageRow) => [
    `${first.padEnd(width)}  ${built ? `${megabytes(built.bytes).padStart(4)} MB  ${built.from}` : `  falta  se hará con ${plan.join(', ')}`}`,
    ...(others.length > 0 ? [`  y ${others.join(', ')}`] : []),
  ];
  const ready = rows.filter(({ built }) => built !== undefined).length;
  return [
    ...rows.flatMap(line),
    ...withoutRecipe.map(({ name, files }) => `${name}: sin receta, y la pide ${files.join(', ')}. Añádela en labs/taller/images/recipes`),
    '',
    `${ready} de ${rows.length} hechas, en ${folder}. Las que faltan se hacen cuando alguien las pide.`,
  ];
}

const megabytes = (bytes: number) => (bytes < 1e6 ? '<1' : (bytes / 1e6).toFixed(0));
