import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectFiles } from '../import-rules/project-files.ts';
import { unfinished } from './unfinished.ts';

const files = projectFiles(join(import.meta.dirname, '../../..'));
const folders = files.flatMap(({ path }) => path.match(/^labs\/(\d\d-[^/]+)\/lab\.ts$/)?.[1] ?? []);

test('hay laboratorios que mirar', () => {
  expect(folders).toContain('04-mundo-real');
});

test.each(folders)('a %s no le falta nada', (folder) => {
  expect(unfinished(folder, files)).toEqual([]);
});

test('un laboratorio a medias dice qué le falta y dónde', () => {
  const half = [
    { path: 'labs/05-servicios/lab.ts', text: "export const lab = {\n  title: 'FALTA: el título',\n};" },
    { path: 'manifests/05-servicios/wrong/uno/web.yaml', text: 'kind: Pod' },
    { path: 'manifests/05-servicios/solution/web.yaml', text: 'kind: Pod' },
    { path: 'docs/05-servicios/index.mdx', text: 'Ya está.' },
  ];
  expect(unfinished('05-servicios', half)).toEqual([
    'manifests/05-servicios/reto/: FALTA: el punto de partida del reto',
    'manifests/05-servicios/wrong/: FALTA: al menos dos soluciones erróneas (hay 1)',
    'labs/05-servicios/recordings/: FALTA: la grabación; se hace con npm run grabar 05',
    'labs/05-servicios/lab.ts:2: FALTA: el título',
  ]);
});
