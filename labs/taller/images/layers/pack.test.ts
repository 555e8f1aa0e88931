import { chmod, link, mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sha256OfFile } from '../sha256.ts';

const pack = path.join(import.meta.dirname, 'pack.sh');
let work: string;
beforeEach(async () => {
  work = await mkdtemp(path.join(tmpdir(), 'empaquetar-'));
});
afterEach(() => rm(work, { recursive: true }));

/** La misma carpeta, escrita en el orden y con la fecha que se diga. */
async function folderWith(name: string, files: readonly string[], date: Date): Promise<string> {
  const folder = path.join(work, name);
  await mkdir(path.join(folder, 'etc'), { recursive: true });
  for (const file of files) {
    await writeFile(path.join(folder, 'etc', file), file);
    await chmod(path.join(folder, 'etc', file), 0o640);
    await utimes(path.join(folder, 'etc', file), date, date);
  }
  await symlink('uno', path.join(folder, 'etc', 'enlace'));
  await link(path.join(folder, 'etc', 'uno'), path.join(folder, 'etc', 'zeta'));
  return folder;
}

// El orden, las fechas y los dueños los fija GNU tar; el de otros sistemas no sabe.
describe.skipIf(process.platform !== 'linux')('empaquetar una capa', () => {
  test('la suma no depende de cuándo ni en qué orden se escribieron los archivos', async () => {
    const first = await folderWith('primera', ['uno', 'dos', 'ñ'], new Date('2020-01-01'));
    const second = await folderWith('segunda', ['ñ', 'dos', 'uno'], new Date('2026-11-21'));
    await execa('sh', [pack, first, path.join(work, 'a.tar')]);
    await execa('sh', [pack, second, path.join(work, 'b.tar')]);

    expect(await sha256OfFile(path.join(work, 'a.tar'))).toBe(await sha256OfFile(path.join(work, 'b.tar')));
  });

  test('un cambio de permisos sí cambia la suma', async () => {
    const first = await folderWith('primera', ['uno'], new Date(0));
    const second = await folderWith('segunda', ['uno'], new Date(0));
    await chmod(path.join(second, 'etc', 'uno'), 0o600);
    await execa('sh', [pack, first, path.join(work, 'a.tar')]);
    await execa('sh', [pack, second, path.join(work, 'b.tar')]);

    expect(await sha256OfFile(path.join(work, 'a.tar'))).not.toBe(await sha256OfFile(path.join(work, 'b.tar')));
  });

  test('con una marca solo entra lo cambiado después, aunque lleve una fecha vieja', async () => {
    const folder = await folderWith('raiz', ['uno', 'dos'], new Date(0));
    await execa('sh', ['-c', 'touch "$1"; sleep 0.1', 'sh', path.join(work, 'marca')]);
    await writeFile(path.join(folder, 'etc', 'nuevo'), 'nuevo');
    await utimes(path.join(folder, 'etc', 'nuevo'), new Date(0), new Date(0));
    await chmod(path.join(folder, 'etc', 'dos'), 0o600);
    await execa('sh', [pack, folder, path.join(work, 'a.tar'), path.join(work, 'marca')]);

    expect((await execa('tar', ['--list', '--file', path.join(work, 'a.tar')])).stdout.split('\n')).toEqual(['etc/', 'etc/dos', 'etc/nuevo']);
  });
});
