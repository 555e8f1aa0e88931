import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { nodePlace } from './addresses.ts';
import { foldersOf } from './folders.ts';
import { createNodeDisk } from './node-disk.ts';
import { nodeDisk } from './node-spec.ts';

// `cp -al` es de GNU: el taller solo existe en Linux.
it.runIf(process.platform === 'linux')('las imágenes se enlazan, pero cada nodo escribe en su propia base de datos', async () => {
  const cacheDir = await mkdtemp(path.join(os.tmpdir(), 'taller-'));
  const store = path.join(cacheDir, 'almacén');
  await mkdir(path.join(store, 'blobs'), { recursive: true });
  await writeFile(path.join(store, 'blobs', 'capa'), 'capa');
  await writeFile(path.join(store, 'meta.db'), 'de fábrica');
  const folders = foldersOf(cacheDir);
  try {
    await createNodeDisk(folders, nodePlace(1), store);
    const here = nodeDisk(folders, nodePlace(1), 'containerd');
    expect((await stat(path.join(here, 'blobs', 'capa'))).ino).toBe((await stat(path.join(store, 'blobs', 'capa'))).ino);
    await writeFile(path.join(here, 'meta.db'), 'cambiada');
    expect(await readFile(path.join(store, 'meta.db'), 'utf8')).toBe('de fábrica');
    await expect(stat(nodeDisk(folders, nodePlace(1), 'local-path'))).resolves.toBeTruthy();
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
});
