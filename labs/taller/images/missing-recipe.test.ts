import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { missingRecipe } from './missing-recipe.ts';

test('dice qué imagen falta, qué manifiesto la pide, cuáles hay parecidas y dónde se añade', async () => {
  const project = await mkdtemp(path.join(tmpdir(), 'imagenes-'));
  await mkdir(path.join(project, 'manifests', '99-prueba'), { recursive: true });
  await writeFile(
    path.join(project, 'manifests', '99-prueba', 'web.yaml'),
    'kind: Deployment\nspec: { template: { spec: { initContainers: [{ name: a, image: busybox:1.37 }], containers: [{ name: b, image: node:18 }] } } }\n',
  );

  const { message, code, where, fix } = await missingRecipe('docker.io/library/node:18', project);
  await rm(project, { recursive: true });

  expect({ message, code, where, fix }).toMatchInlineSnapshot(`
    {
      "code": "ENVIRONMENT",
      "fix": "Escribe su receta en labs/taller/images/recipes y añádela en labs/taller/images/all-recipes.ts",
      "message": "El taller no sabe hacer la imagen docker.io/library/node:18; de esa hay node:22.23-alpine, node:22-alpine, node:22.23, node:22, node:24.21-alpine, node:24-alpine, node:24.21, node:24, node:24-slim, node:24.21-slim.",
      "where": "manifests/99-prueba/web.yaml",
    }
  `);
});
