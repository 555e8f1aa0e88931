import { mkdir, mkdtemp, readdir, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readLayer, readSoundLayer, storeLayer } from './layer-cache.ts';

let images: string;
beforeEach(async () => {
  images = await mkdtemp(path.join(tmpdir(), 'capas-'));
});
afterEach(() => rm(images, { recursive: true }));

const key = 'a'.repeat(32);
const store = (content = 'una capa') =>
  storeLayer(images, key, path.join(images, 'trabajo'), async (out) => {
    await writeFile(out, content);
    return { busybox: '1.38.0' };
  });

test('una capa guardada se vuelve a leer con su suma, su tamaño y sus versiones', async () => {
  const stored = await store();

  expect(await readSoundLayer(images, key)).toEqual(stored);
  expect(stored).toEqual({
    file: path.join(images, 'capas', key, 'capa.tar'),
    sha256: '2a16ba761c9ef45fa8112e91a3dbae896df0b910f7f80a7f9122bcd8250638d5',
    bytes: 8,
    versions: { busybox: '1.38.0' },
  });
});

test('si hacerla falla, en la caché no aparece nada', async () => {
  const failing = storeLayer(images, key, path.join(images, 'trabajo'), async (out) => {
    await writeFile(out, 'media');
    throw new Error('disco lleno');
  });

  await expect(failing).rejects.toThrow('disco lleno');
  expect(await readdir(images)).toEqual(['trabajo']);
});

test.each([
  ['un tar cortado', (folder: string) => truncate(path.join(folder, 'capa.tar'), 3)],
  ['un tar que falta', (folder: string) => rm(path.join(folder, 'capa.tar'))],
  ['una ficha a medias', (folder: string) => writeFile(path.join(folder, 'capa.json'), '{"sha256": "ab')],
  ['una ficha vacía', (folder: string) => writeFile(path.join(folder, 'capa.json'), '{}')],
])('%s no cuenta como capa', async (_, spoil) => {
  await store();
  await spoil(path.join(images, 'capas', key));

  expect(await readLayer(images, key)).toBeUndefined();
});

test('un tar del mismo tamaño con otro contenido se descubre por su suma, y se sustituye', async () => {
  await store();
  await writeFile(path.join(images, 'capas', key, 'capa.tar'), 'OTRA COS');
  await mkdir(path.join(images, 'capas', key, 'resto'));

  expect(await readSoundLayer(images, key)).toBeUndefined();
  const again = await store();
  expect(await readSoundLayer(images, key)).toEqual(again);
});
