import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, it } from 'vitest';
import { nodePlace } from './addresses.ts';
import { foldersOf } from './folders.ts';
import { createNodeDisk, shareStore } from './node-disk.ts';
import { nodeDisk } from './node-spec.ts';

const layer = 'io.containerd.snapshotter.v1.overlayfs/snapshots/7/fs/etc/capa';
const blob = 'io.containerd.content.v1.content/blobs/sha256/abc';
const database = 'io.containerd.metadata.v1.bolt/meta.db';

// `cp -al` es de GNU: el taller solo existe en Linux.
it.runIf(process.platform === 'linux')('las imágenes se comparten, cada nodo escribe en su base de datos, y el almacén puede rehacerse debajo', async () => {
  const cacheDir = await mkdtemp(path.join(os.tmpdir(), 'taller-'));
  const store = path.join(cacheDir, 'almacén');
  for (const name of [layer, blob, database]) {
    await mkdir(path.join(store, path.dirname(name)), { recursive: true });
    await writeFile(path.join(store, name), 'de fábrica');
  }
  const folders = foldersOf(cacheDir);
  await mkdir(folders.nodes, { recursive: true });
  const inNode = (number: number, name: string) => path.join(nodeDisk(folders, nodePlace(number), 'containerd'), name);
  try {
    await shareStore(folders, store);
    for (const number of [1, 2]) await createNodeDisk(folders, nodePlace(number));
    for (const name of [layer, blob]) expect((await stat(inNode(1, name))).ino).toBe((await stat(path.join(store, name))).ino);
    await rm(store, { recursive: true });
    await writeFile(inNode(1, database), 'cambiada');
    await rm(inNode(1, blob));
    await rm(path.dirname(path.dirname(path.dirname(inNode(1, layer)))), { recursive: true });
    for (const name of [layer, blob, database]) expect(await readFile(inNode(2, name), 'utf8')).toBe('de fábrica');
    await expect(stat(nodeDisk(folders, nodePlace(1), 'local-path'))).resolves.toBeTruthy();
  } finally {
    await rm(cacheDir, { recursive: true, force: true });
  }
});
