import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { prepareArchive, type ReadyImage } from './archive.ts';
import { imageConfig } from './image-config.ts';
import { sha256 } from './sha256.ts';

let work: string;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'archivo-'));
});
afterEach(() => rm(work, { recursive: true }));

async function layer(content: string) {
  const file = path.join(work, `${content}.tar`);
  await writeFile(file, content);
  return { file, sha256: sha256(content), bytes: content.length, versions: {} };
}

async function twoImages(): Promise<ReadyImage[]> {
  const [base, web] = [await layer('base'), await layer('web')];
  const recipe = { names: [], layers: [], config: { Cmd: ['sh'] }, from: () => '' };
  return [
    { recipe, names: ['docker.io/library/busybox:1.36', 'docker.io/library/busybox:1.37'], layers: [base] },
    { recipe, names: ['docker.io/library/nginx:1.30'], layers: [base, web] },
  ];
}

describe.skipIf(process.platform !== 'linux')('un archivo de Docker con varias imágenes', () => {
  test('lleva cada capa una vez, con su contenido, y los nombres normalizados en manifest.json', async () => {
    const args = await prepareArchive(await twoImages(), path.join(work, 'partes'));
    await mkdir(path.join(work, 'abierto'));
    const packed = await execa('tar', [...args], { encoding: 'buffer' });
    await execa('tar', ['--extract', '--directory', path.join(work, 'abierto')], { input: packed.stdout });
    const manifest = JSON.parse(await readFile(path.join(work, 'abierto', 'manifest.json'), 'utf8')) as { RepoTags: string[]; Layers: string[] }[];

    expect(manifest.map(({ RepoTags }) => RepoTags)).toEqual([
      ['docker.io/library/busybox:1.36', 'docker.io/library/busybox:1.37'],
      ['docker.io/library/nginx:1.30'],
    ]);
    expect(manifest[1]?.Layers).toEqual([`${sha256('base')}.tar`, `${sha256('web')}.tar`]);
    expect(await readFile(path.join(work, 'abierto', `${sha256('web')}.tar`), 'utf8')).toBe('web');
  });

  test('dos veces seguidas salen los mismos bytes', async () => {
    const images = await twoImages();
    const sums = [];
    for (const name of ['una', 'otra']) {
      sums.push(sha256((await execa('tar', [...(await prepareArchive(images, path.join(work, name)))], { encoding: 'buffer' })).stdout));
    }

    expect(sums[0]).toBe(sums[1]);
  });
});

test('la configuración de una imagen solo depende de su receta y sus capas', () => {
  const config = imageConfig({ Cmd: ['nginx'], User: '101', ExposedPorts: ['80/tcp'], Volumes: ['/datos'] }, [{ sha256: 'abc' }], 'arm64');

  expect(JSON.parse(config)).toEqual({
    created: '1970-01-01T00:00:00Z',
    architecture: 'arm64',
    os: 'linux',
    config: { Cmd: ['nginx'], User: '101', ExposedPorts: { '80/tcp': {} }, Volumes: { '/datos': {} } },
    rootfs: { type: 'layers', diff_ids: ['sha256:abc'] },
  });
});
