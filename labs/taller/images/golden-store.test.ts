import { mkdir, mkdtemp, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findGoldenStore, fingerprints, readNotes } from './golden-store.ts';

let images: string;
let store: string;
const blob = 'io.containerd.content.v1.content/blobs/sha256/abc';
const database = 'io.containerd.metadata.v1.bolt/meta.db';
const wanted = new Map([['docker.io/library/busybox:1.36', 'clave']]);

beforeEach(async () => {
  images = await mkdtemp(path.join(tmpdir(), 'almacen-'));
  store = path.join(images, 'almacenes', 'uno');
  for (const [file, content] of Object.entries({ [blob]: 'una capa', [database]: 'bolt', 'io.containerd.snapshotter.v1.overlayfs/metadata.db': 'bolt' })) {
    await mkdir(path.dirname(path.join(store, 'containerd', file)), { recursive: true });
    await writeFile(path.join(store, 'containerd', file), content);
  }
  await mkdir(path.join(store, 'containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/1'), { recursive: true });
  const image = { name: 'docker.io/library/busybox:1.36', from: 'busybox 1.38.0 de Debian', versions: {}, bytes: 8 };
  const note = { containerd: '2.4.2', images: { [image.name]: { key: 'clave', image } }, files: await fingerprints(path.join(store, 'containerd')) };
  await writeFile(path.join(store, 'listo.json'), JSON.stringify(note));
});
afterEach(() => rm(images, { recursive: true }));

test('un almacén entero que tiene lo pedido se usa tal cual', async () => {
  expect((await findGoldenStore(images, wanted, '2.4.2'))?.folder).toBe(path.join(store, 'containerd'));
});

test.each([
  ['otro containerd', wanted, '2.5.0'],
  ['una receta que ha cambiado', new Map([['docker.io/library/busybox:1.36', 'otra']]), '2.4.2'],
  ['una imagen más', new Map([...wanted, ['docker.io/library/nginx:1.30', 'clave']]), '2.4.2'],
] as const)('con %s, hay que hacer otro', async (_, asked, containerd) => {
  expect(await findGoldenStore(images, asked, containerd)).toBeUndefined();
});

test.each([
  ['un blob cortado', () => truncate(path.join(store, 'containerd', blob), 3)],
  ['un blob perdido', () => rm(path.join(store, 'containerd', blob))],
  ['una base de datos que alguien ha escrito', () => writeFile(path.join(store, 'containerd', database), 'BOLT')],
  ['una capa desplegada de menos', () => rm(path.join(store, 'containerd/io.containerd.snapshotter.v1.overlayfs/snapshots/1'), { recursive: true })],
  ['la carpeta vacía', () => rm(path.join(store, 'containerd'), { recursive: true })],
  ['la ficha a medias', () => writeFile(path.join(store, 'listo.json'), '{"containerd": "2.4')],
])('con %s, no sirve', async (_, spoil) => {
  await spoil();

  expect(await findGoldenStore(images, wanted, '2.4.2')).toBeUndefined();
});

test('sin ninguno, no hay nada que leer ni que usar', async () => {
  await rm(path.join(images, 'almacenes'), { recursive: true });

  expect(await findGoldenStore(images, wanted, '2.4.2')).toBeUndefined();
  expect(await readNotes(images)).toEqual([]);
});
