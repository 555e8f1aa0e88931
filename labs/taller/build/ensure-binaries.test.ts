import { createHash } from 'node:crypto';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { missingBinaries } from './ensure-binaries.ts';
import { notedSum } from './stored.ts';
import { createWorkshop, type Workshop } from './testing/workshop.ts';

let shop: Workshop;
beforeEach(() => {
  shop = createWorkshop();
});
afterEach(() => shop.remove());

const read = (folder: string, name: string) => readFileSync(path.join(folder, name), 'utf8');

it('compila lo que falta y da una carpeta con cada ejecutable por su nombre', async () => {
  const { folder, versions } = await shop.ensure();
  expect(versions).toEqual({ uno: '1.0.0', dos: '2.0.0' });
  expect([read(folder, 'cosas/uno'), read(folder, 'cosas/otro'), read(folder, 'dos'), read(folder, 'segundo')]).toEqual([
    'uno de go1.26.8 con nada',
    'otro de go1.26.8 con nada',
    'dos de go1.26.8 con nada',
    'dos de go1.26.8 con nada',
  ]);
  expect(shop.calls()).toEqual([
    'env hyper',
    expect.stringMatching(/^mod download \.obra-\d+-/),
    'list modulo-uno',
    'build modulo-uno',
    'list dos',
    'build dos',
  ]);
  // Ni obras, ni cerrojo, ni temporales.
  expect(shop.entries()).toEqual(['dos', 'todo', 'uno']);
});

it('cuenta las piezas que faltan y los paquetes de cada una, sin inventar', async () => {
  await shop.ensure();
  expect(shop.progress.map(({ task, done, total, detail = '' }) => `${task} ${done}/${total} ${detail}`.trimEnd().replace(/[\d.]+ s$/, 'N s'))).toEqual([
    'binarios del taller 0/2 faltan Uno 1.0.0, Dos 2.0.0',
    'módulos de Uno 1.0.0 0/1 bajando example.com/uno v1.0.0 (van 1)',
    'módulos de Uno 1.0.0 1/1',
    'compilar Uno 1.0.0 0/4',
    'compilar Uno 1.0.0 0/4 example.com/base',
    'compilar Uno 1.0.0 2/4 example.com/final',
    'compilar Uno 1.0.0 4/4 N s',
    'binarios del taller 1/2 faltan Dos 2.0.0',
    'compilar Dos 2.0.0 0/4',
    'compilar Dos 2.0.0 0/4 example.com/base',
    'compilar Dos 2.0.0 2/4 example.com/final',
    'compilar Dos 2.0.0 4/4 N s',
    'binarios del taller 2/2',
  ]);
});

it('la segunda vez solo pregunta qué Go hay, y da la misma carpeta', async () => {
  const first = await shop.ensure();
  shop.calls();
  shop.progress.length = 0;
  expect(await shop.ensure()).toEqual(first);
  expect(shop.calls()).toEqual(['env hyper']);
  expect(shop.progress).toEqual([]);
});

it('lo que falta se puede preguntar sin compilarlo', async () => {
  const asked = { cacheDir: path.dirname(shop.bin), groups: ['cluster'] as const, signal: new AbortController().signal };
  expect(await missingBinaries(asked, shop.place)).toEqual(['Uno 1.0.0', 'Dos 2.0.0']);
  await shop.ensure();
  rmSync(path.join(shop.entry('dos'), 'dos'));
  shop.calls();
  expect(await missingBinaries(asked, shop.place)).toEqual(['Dos 2.0.0']);
  expect(shop.calls()).toEqual(['env hyper']);
});

it('cambiar un fuente compila esa pieza y ninguna otra; lo anterior se queda', async () => {
  const before = await shop.ensure();
  shop.calls();
  writeFileSync(path.join(shop.place.goFolder, 'dos', 'main.go'), 'package main // otra cosa\n');
  writeFileSync(path.join(shop.place.goFolder, 'dos', 'main_test.go'), 'package main\n');
  const after = await shop.ensure();
  expect(shop.calls()).toEqual(['env hyper', 'list dos', 'build dos']);
  expect(after.folder).not.toBe(before.folder);
  expect(read(before.folder, 'dos')).toBe('dos de go1.26.8 con nada');
});

it('otra versión de Go lo compila todo otra vez', async () => {
  await shop.ensure();
  shop.calls();
  shop.plan({ version: 'go1.27.0' });
  const { folder } = await shop.ensure();
  expect(shop.calls()).toContain('build modulo-uno');
  expect(read(folder, 'dos')).toBe('dos de go1.27.0 con nada');
});

it('lo que enlaza con C lleva sus etiquetas', async () => {
  const { folder, versions } = await shop.ensure({ groups: ['kwok'] });
  expect([read(folder, 'conc'), versions]).toEqual(['conc de go1.26.8 con seccomp', { conc: '2.0.0' }]);
});

it('ya compilado, la biblioteca de desarrollo deja de hacer falta', async () => {
  const first = await shop.ensure({ groups: ['kwok'] });
  shop.program('pkg-config', 'exit 1');
  expect(await shop.ensure({ groups: ['kwok'] })).toEqual(first);
});

it('si alguien quita un enlace de la carpeta, se vuelve a poner', async () => {
  const { folder } = await shop.ensure();
  rmSync(path.join(folder, 'segundo'));
  expect((await shop.ensure()).folder).toBe(folder);
  expect(read(folder, 'segundo')).toBe('dos de go1.26.8 con nada');
});

it('la suma anotada de un ejecutable vale mientras nadie lo toque', async () => {
  const { folder } = await shop.ensure();
  const file = path.join(folder, 'segundo');
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex');
  expect(await notedSum(file)).toBe(sum);
  writeFileSync(path.join(shop.entry('dos'), 'dos'), 'DOS de go1.26.8 con nada');
  expect(await notedSum(file)).toBeUndefined();
  expect(await notedSum('/no/existe')).toBeUndefined();
});

describe('caché dañada: lo dice y compila solo esa pieza', () => {
  it.each([
    ['un ejecutable a medias', (file: string) => writeFileSync(file, 'd'), 'dos tiene 1 bytes y se anotaron 24'],
    ['un byte cambiado', (file: string) => writeFileSync(file, 'DOS de go1.26.8 con nada'), 'la suma de dos no es la anotada'],
    ['un ejecutable que falta', (file: string) => rmSync(file), 'falta dos'],
    ['sin manifiesto', (file: string) => rmSync(path.join(file, '../manifiesto.json')), 'no tiene manifiesto'],
    ['manifiesto a medias', (file: string) => writeFileSync(path.join(file, '../manifiesto.json'), '{"files":'), 'su manifiesto no se entiende'],
  ])('%s', async (_, spoil, how) => {
    const { folder } = await shop.ensure();
    shop.calls();
    shop.progress.length = 0;
    spoil(path.join(shop.entry('dos'), 'dos'));
    expect((await shop.ensure()).folder).toBe(folder);
    expect(read(folder, 'dos')).toBe('dos de go1.26.8 con nada');
    expect(shop.calls()).toEqual(['env hyper', 'list dos', 'build dos']);
    expect(shop.progress.map(({ task }) => task)).toContain(`aviso: Dos 2.0.0 estaba dañado en la caché (${how}): se compila de nuevo`);
  });
});
