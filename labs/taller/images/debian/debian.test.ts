import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { RunTool } from '../run-tool.ts';
import { openDebian } from './debian.ts';
import type { Suite } from './suites.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'debian-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Un apt que conoce estas versiones. */
const apt =
  (packages: Readonly<Record<Suite, Readonly<Record<string, string>>>>): RunTool =>
  async ({ args, env }) => {
    if (args[0] === 'indextargets') return 'http://espejo.example/debian/|bookworm|Debian';
    const suite: Suite = env?.['APT_CONFIG']?.includes('forky') ? 'forky' : 'trixie';
    const name = args.at(-1) ?? '';
    const version = packages[suite][name];
    return version ? `Package: ${name}\nVersion: ${version}\n` : '';
  };
const open = (packages: Parameters<typeof apt>[0], env = {}) => openDebian(folder, env, new AbortController().signal, { run: apt(packages), hasKeyring: true });

test.each([
  ['forky, si tiene la versión prometida', { forky: { rabbit: '4.3.6-1' }, trixie: { rabbit: '4.0.5-6' } }, 'forky'],
  ['trixie, si a forky le falta el paquete', { forky: {}, trixie: { rabbit: '4.3.1-6' } }, 'trixie'],
  ['trixie, si forky ya va por otra versión', { forky: { rabbit: '5.0.0-1' }, trixie: { rabbit: '1:4.3.1+ds-6' } }, 'trixie'],
  ['forky, si ninguna tiene la prometida', { forky: { rabbit: '5.0.0-1' }, trixie: { rabbit: '4.0.5-6' } }, 'forky'],
  ['trixie, si es la única que lo tiene, aunque sea otra versión', { forky: {}, trixie: { rabbit: '4.0.5-6' } }, 'trixie'],
  ['la que tenga exactamente esa versión: 4.30 no es 4.3', { forky: { rabbit: '4.30.1' }, trixie: { rabbit: '4.3' } }, 'trixie'],
] as const)('los paquetes salen de %s', async (_, packages, expected) => {
  expect(await open(packages).suiteFor(['rabbit'], { rabbit: '4.3' })).toBe(expected);
});

test('si ninguna publicación tiene todos los paquetes, se dice cuáles y dónde se cambian', async () => {
  await expect(open({ forky: { rabbit: '4.3.6' }, trixie: {} }).suiteFor(['rabbit', 'erlang'], {})).rejects.toMatchObject({
    message: 'Ni forky ni trixie tienen todos estos paquetes de Debian: rabbit, erlang.',
    code: 'ENVIRONMENT',
    where: 'http://espejo.example/debian',
    fix: 'Cambia los paquetes en labs/taller/images/recipes',
  });
});

test('en una máquina que no es Debian se dice qué variable la saca del apuro', async () => {
  const debian = openDebian(folder, {}, new AbortController().signal, { run: async () => 'http://uno.example/ubuntu|noble|Ubuntu', hasKeyring: true });

  await expect(debian.mirror()).rejects.toMatchObject({
    message: 'El apt de esta máquina no usa ningún espejo de Debian, y las imágenes se hacen con sus paquetes.',
    fix: 'export BITACORA_ESPEJO_DEBIAN=<dirección de un espejo de Debian>',
  });
});

test('el espejo declarado en el entorno manda sobre el de apt', async () => {
  expect(await open({ forky: {}, trixie: {} }, { BITACORA_ESPEJO_DEBIAN: 'http://otro.example/debian/' }).mirror()).toBe('http://otro.example/debian');
});
