import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { withTaller } from './exclusive.ts';

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(os.tmpdir(), 'taller-'));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

const file = () => path.join(cacheDir, 'orden.pid');

it('mientras una orden cambia el taller, otra dice quién lo tiene y no espera', async () => {
  await withTaller(cacheDir, async () => {
    await expect(withTaller(cacheDir, async () => 'entró')).rejects.toMatchObject({
      code: 'ENVIRONMENT',
      message: `Otra orden está cambiando el taller (proceso ${process.pid}).`,
      fix: 'npm run taller estado   (y repite la orden cuando acabe)',
    });
  });
});

it('al acabar lo suelta, también si acaba mal', async () => {
  await expect(
    withTaller(cacheDir, async () => {
      throw new Error('mal');
    }),
  ).rejects.toThrow('mal');
  expect(await withTaller(cacheDir, async () => 'entró')).toBe('entró');
});

it.each([
  ['de un proceso que ya no existe', '999999999 12345'],
  ['de un proceso con el mismo número que nació en otro momento', `${process.pid} 1`],
  ['a medio escribir', ''],
])('el que quedó %s no cierra el paso', async (_, content) => {
  await writeFile(file(), content);
  expect(await withTaller(cacheDir, () => readFile(file(), 'utf8'))).toMatch(new RegExp(`^${process.pid} `));
});
