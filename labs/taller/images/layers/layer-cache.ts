import { mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Versions } from '../recipe.ts';
import { sha256OfFile } from '../sha256.ts';
import type { StoredLayer } from '../workshop.ts';

/** `capas/<clave>/{capa.tar,capa.json}`. La carpeta aparece entera, con un solo `rename`, o no aparece. */
const folderOf = (images: string, key: string) => path.join(images, 'capas', key);

/** `undefined` si no está o si su ficha no se entiende o no cuadra con el tar: se hará otra vez. */
export async function readLayer(images: string, key: string): Promise<StoredLayer | undefined> {
  const file = path.join(folderOf(images, key), 'capa.tar');
  try {
    const note = JSON.parse(await readFile(path.join(folderOf(images, key), 'capa.json'), 'utf8')) as Omit<StoredLayer, 'file'>;
    const { size } = await stat(file);
    return size === note.bytes && typeof note.sha256 === 'string' ? { ...note, file } : undefined;
  } catch {
    return undefined;
  }
}

/** Lo mismo, y además que el tar dé su suma. Lee el archivo entero: se hace antes de usarlo, no para saber si está. */
export async function readSoundLayer(images: string, key: string): Promise<StoredLayer | undefined> {
  const layer = await readLayer(images, key);
  return layer && (await sha256OfFile(layer.file)) === layer.sha256 ? layer : undefined;
}

/** `build` escribe el tar en la ruta que se le da y devuelve las versiones de lo que puso. */
export async function storeLayer(images: string, key: string, scratch: string, build: (out: string) => Promise<Versions>): Promise<StoredLayer> {
  const half = path.join(scratch, `capa-${key}`);
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { recursive: true });
  const versions = await build(path.join(half, 'capa.tar'));
  const sha256 = await sha256OfFile(path.join(half, 'capa.tar'));
  const { size: bytes } = await stat(path.join(half, 'capa.tar'));
  await writeFile(path.join(half, 'capa.json'), `${JSON.stringify({ sha256, bytes, versions }, null, 2)}\n`);
  const final = folderOf(images, key);
  await mkdir(path.dirname(final), { recursive: true });
  // rename no pisa una carpeta con cosas dentro: si hay una, es la copia mala que se está sustituyendo.
  await rm(final, { recursive: true, force: true });
  await rename(half, final);
  return { sha256, bytes, versions, file: path.join(final, 'capa.tar') };
}
