import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { canonicalImage } from '../../../src/maqueta/programs/registry.ts';
import { allRecipes, recipeFor } from './all-recipes.ts';
import { clusterImages, conformanceImages, loadImages, missingOnPurpose } from './declared-images.ts';
import { manifestImages } from './manifest-images.ts';

const project = path.join(import.meta.dirname, '..', '..', '..');

describe('el mapa de imágenes', () => {
  test('toda imagen que nombra un manifiesto tiene receta, o está declarada como inexistente a propósito', async () => {
    const asked = await manifestImages(project);
    const orphans = [...asked].flatMap(([image, files]) => (recipeFor(image) || missingOnPurpose.includes(image) ? [] : `${image}: ${files.join(', ')}`));

    expect(asked.size).toBeGreaterThan(0);
    expect(orphans).toEqual([]);
  });

  test.each([...clusterImages, ...conformanceImages, ...loadImages])('%s tiene receta', (name) => {
    expect((recipeFor(name)?.names ?? []).map(canonicalImage)).toContain(canonicalImage(name));
  });

  test('una imagen declarada inexistente no tiene receta', () => {
    expect(missingOnPurpose.filter((name) => recipeFor(name))).toEqual([]);
  });

  test('dos recetas no se disputan un nombre', () => {
    const names = allRecipes.flatMap((recipe) => recipe.names.map(canonicalImage));

    expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  });

  test('lo que se instala con apt tiene la base de Debian debajo', () => {
    const broken = allRecipes.filter(({ layers }) => layers.some(({ kind }) => kind === 'debian-install') && layers[0]?.kind !== 'debian-base');

    expect(broken.map(({ names }) => names[0])).toEqual([]);
  });

  test('el nombre corto y el largo son la misma imagen', () => {
    expect(recipeFor('docker.io/library/node:24.21-alpine')).toBe(recipeFor('node:24.21-alpine'));
  });
});
