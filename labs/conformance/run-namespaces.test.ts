import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { deleteLeftNamespaces } from './run-namespaces.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'bitacora-espacios-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const started = (id: string) => `  I1121 08:44:31.784071    5482 e2e.go:109] Starting e2e run "${id}" on Ginkgo node 1\n`;

test('se borran los espacios de estas pasadas, y de ninguna otra', async () => {
  const [one, two] = ['8ff9bbf6-1bf2-453f-9bc0-a1758140406b', 'da273be3-03db-46a3-9ae0-345504b64fbc'];
  await writeFile(path.join(folder, '01.log'), `${started(one)}más cosas\n`);
  await writeFile(path.join(folder, '02.log'), started(two));
  await writeFile(path.join(folder, '03.log'), 'murió antes de presentarse\n');
  await writeFile(path.join(folder, 'ensayo.log'), started('00000000-0000-0000-0000-000000000000'));
  const asked: (readonly string[])[] = [];
  await deleteLeftNamespaces(folder, async (args) => {
    asked.push(args);
    return '';
  });
  expect(asked).toEqual([['delete', 'namespaces', '--selector', `e2e-run in (${one},${two})`, '--wait=false', '--ignore-not-found']]);
});

test('si ninguna llegó a presentarse, no se pide borrar nada', async () => {
  await deleteLeftNamespaces(folder, () => Promise.reject(new Error('no se llama')));
  await deleteLeftNamespaces(path.join(folder, 'no-existe'), () => Promise.reject(new Error('no se llama')));
});
