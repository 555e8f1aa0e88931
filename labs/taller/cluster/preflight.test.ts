import { expect, it } from 'vitest';
import { foldersOf } from './folders.ts';
import { type Machine, preflight } from './preflight.ts';

const machine: Machine = { platform: 'linux', uid: 0, hasProgram: () => true };
const folders = foldersOf('/cache');
const problem = (change: Partial<Machine>, at = folders) => {
  try {
    preflight({ ...machine, ...change }, at);
    return undefined;
  } catch (error) {
    const { code, message, fix } = error as { code: string; message: string; fix: string };
    return { code, message, fix };
  }
};

it('en Linux, con root y sus programas, no hay nada que decir', () => expect(problem({})).toBeUndefined());

it('fuera de Linux propone la maqueta', () =>
  expect(problem({ platform: 'darwin' })).toEqual({
    code: 'ENVIRONMENT',
    message: 'El taller necesita Linux: crea espacios de nombres del núcleo. Esto es darwin.',
    fix: 'npm run -s lab 04 maqueta',
  }));

it('sin root dice por qué lo necesita', () =>
  expect(problem({ uid: 1000 })).toEqual({
    code: 'ENVIRONMENT',
    message: 'El taller necesita ser root: crea redes y montajes, siempre en espacios propios.',
    fix: 'sudo npm run taller',
  }));

it('los programas que faltan, con la orden que los instala', () =>
  expect(problem({ hasProgram: (name) => name !== 'nft' && name !== 'ip' })).toEqual({
    code: 'ENVIRONMENT',
    message: 'Faltan programas del sistema: ip, nft.',
    fix: 'apt-get install --no-install-recommends iproute2 nftables',
  }));

it('una caché en una ruta tan larga que no cabe un socket', () =>
  expect(problem({}, foldersOf(`/${'a'.repeat(120)}`))).toMatchObject({
    message: `La carpeta de la caché tiene una ruta demasiado larga para un socket: /${'a'.repeat(120)}/marcha`,
    fix: 'XDG_CACHE_HOME=/var/cache npm run taller',
  }));
