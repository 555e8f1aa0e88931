import path from 'node:path';
import { canonicalImage } from '../../../src/maqueta/programs/registry.ts';
import { LabError } from '../../engine/lab-error.ts';
import { allRecipes } from './all-recipes.ts';
import { manifestImages } from './manifest-images.ts';

const project = path.join(import.meta.dirname, '..', '..', '..');

/** Qué imagen no se sabe hacer, quién la pide y dónde se añade. */
export async function missingRecipe(name: string, root: string = project): Promise<LabError> {
  const askers = [...(await manifestImages(root).catch(() => new Map<string, readonly string[]>()))].flatMap(([image, files]) =>
    canonicalImage(image) === canonicalImage(name) ? files : [],
  );
  const repository = (image: string) => canonicalImage(image).replace(/:[^/]*$/, '');
  const others = allRecipes.flatMap(({ names }) => names).filter((other) => repository(other) === repository(name));
  return new LabError(`El taller no sabe hacer la imagen ${name}${others.length > 0 ? `; de esa hay ${others.join(', ')}` : ''}.`, {
    code: 'ENVIRONMENT',
    ...(askers.length > 0 ? { where: askers.join(', ') } : {}),
    fix: 'Escribe su receta en labs/taller/images/recipes y añádela en labs/taller/images/all-recipes.ts',
  });
}
