import { expect, test } from 'vitest';
import { checkMachine, type Machine } from './check-machine.ts';
import type { Layer, Recipe } from './recipe.ts';

const recipeOf = (...layers: Layer[]): Recipe => ({ names: ['prueba:1'], layers, config: {}, from: () => 'prueba' });
const program: Layer = { kind: 'c', source: 'pause.c', path: '/pause' };
const debian: Layer = { kind: 'debian-base' };
const machine: Machine = { platform: 'linux', uid: 0, has: async () => true, freeBytes: async () => 50e9 };
const without = (...missing: string[]): Machine => ({ ...machine, has: async (name: string) => !missing.includes(name) });

test.each([
  [
    'fuera de Linux',
    [program],
    { ...machine, platform: 'darwin' },
    'Las imágenes del taller se hacen con espacios de nombres de Linux, y esta máquina no los tiene.',
    'npm run lab 04 maqueta',
  ],
  [
    'sin root',
    [program],
    { ...machine, uid: 1000 },
    'Hacer las imágenes del taller pide root: monta sistemas de archivos e instala paquetes en una raíz aparte.',
    'sudo -E npm run taller',
  ],
  ['sin compilador de C', [program], without('gcc'), 'Para hacer las imágenes falta gcc.', 'apt-get install -y gcc libc6-dev'],
  [
    'sin varios programas, uno por paquete',
    [program, debian],
    without('gcc', 'debootstrap', 'unshare', 'setpriv'),
    'Para hacer las imágenes faltan debootstrap, gcc, setpriv, unshare.',
    'apt-get install -y debootstrap gcc libc6-dev util-linux',
  ],
  [
    'con el disco casi lleno',
    [program],
    { ...machine, freeBytes: async () => 1.25e9 },
    'Para hacer las imágenes hacen falta 4 GB de disco y quedan 1,3 GB.',
    'df -h caché',
  ],
] as const)('%s se dice qué falta y la orden que lo arregla', async (_, layers, where, message, fix) => {
  await expect(checkMachine([recipeOf(...layers)], 'caché', where)).rejects.toMatchObject({ message, fix, code: 'ENVIRONMENT' });
});

test('no se pide un programa que ninguna de estas imágenes usa', async () => {
  await expect(checkMachine([recipeOf(program)], 'caché', without('debootstrap', 'npm', 'dpkg-deb'))).resolves.toBeUndefined();
});
