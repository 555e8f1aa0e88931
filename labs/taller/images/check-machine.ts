import { access, mkdir, statfs } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../../engine/lab-error.ts';
import type { Layer, Recipe } from './recipe.ts';

/** Programas que pide cada clase de capa, con el paquete de Debian que los trae. */
const always: Readonly<Record<string, string>> = { unshare: 'util-linux', setpriv: 'util-linux', mount: 'mount', tar: 'tar', ip: 'iproute2' };
const byLayer: Readonly<Record<Layer['kind'], Readonly<Record<string, string>>>> = {
  'debian-base': { debootstrap: 'debootstrap', 'apt-get': 'apt' },
  'debian-install': { 'apt-get': 'apt', chroot: 'coreutils' },
  'debian-files': { 'apt-get': 'apt', 'dpkg-deb': 'dpkg' },
  npm: { npm: 'npm' },
  binary: {},
  c: { gcc: 'gcc libc6-dev' },
  files: {},
};

/** Las capas, el almacén y lo que ocupan mientras se hacen. */
const neededDisk = 4e9;

export interface Machine {
  platform: string;
  uid: number | undefined;
  has(program: string): Promise<boolean>;
  freeBytes(folder: string): Promise<number>;
}

/** Lo que impediría hacer estas imágenes, dicho antes de empezar. */
export async function checkMachine(recipes: readonly Recipe[], cacheDir: string, machine: Machine = thisMachine): Promise<void> {
  if (machine.platform !== 'linux')
    throw new LabError('Las imágenes del taller se hacen con espacios de nombres de Linux, y esta máquina no los tiene.', {
      code: 'ENVIRONMENT',
      fix: 'npm run lab 04 maqueta',
    });
  if (machine.uid !== 0)
    throw new LabError('Hacer las imágenes del taller pide root: monta sistemas de archivos e instala paquetes en una raíz aparte.', {
      code: 'ENVIRONMENT',
      fix: 'sudo -E npm run taller',
    });
  const programs = Object.assign({}, always, ...recipes.flatMap(({ layers }) => layers.map(({ kind }) => byLayer[kind]))) as Record<string, string>;
  const missing = [];
  for (const program of Object.keys(programs).sort()) if (!(await machine.has(program))) missing.push(program);
  if (missing.length > 0)
    throw new LabError(`Para hacer las imágenes ${missing.length === 1 ? 'falta' : 'faltan'} ${missing.join(', ')}.`, {
      code: 'ENVIRONMENT',
      fix: `apt-get install -y ${[...new Set(missing.map((program) => programs[program]))].join(' ')}`,
    });
  const free = await machine.freeBytes(cacheDir);
  if (free < neededDisk)
    throw new LabError(`Para hacer las imágenes hacen falta ${gigabytes(neededDisk)} de disco y quedan ${gigabytes(free)}.`, {
      code: 'ENVIRONMENT',
      where: cacheDir,
      fix: `df -h ${cacheDir}`,
    });
}

const gigabytes = (bytes: number) => `${(bytes / 1e9).toLocaleString('es', { maximumFractionDigits: 1 })} GB`;

const thisMachine: Machine = {
  platform: process.platform,
  uid: process.getuid?.(),
  async has(program) {
    for (const folder of [...(process.env['PATH'] ?? '').split(':'), '/usr/sbin', '/sbin']) {
      if (
        await access(path.join(folder, program)).then(
          () => true,
          () => false,
        )
      )
        return true;
    }
    return false;
  },
  async freeBytes(folder) {
    await mkdir(folder, { recursive: true });
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  },
};
