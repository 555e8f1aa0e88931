import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { execa } from 'execa';
import { LabError } from '../../engine/lab-error.ts';
import { prepareArchive, type ReadyImage } from './archive.ts';
import type { BuiltImage } from './built-image.ts';
import { isolated } from './layers/isolated.ts';
import { explainToolFailure } from './run-tool.ts';
import { sha256OfFile } from './sha256.ts';
import type { Workshop } from './workshop.ts';

/**
 * `almacenes/<clave>/{containerd,listo.json}`: la raíz de un containerd con las imágenes importadas y fijadas. Se hace
 * una vez; cada nodo la copia con enlaces duros (`cp -al`) y lleva copia propia de los `.db`, que containerd escribe.
 */
export interface GoldenNote {
  containerd: string;
  /** Clave de cada imagen por su nombre normalizado, y su ficha. */
  images: Readonly<Record<string, { key: string; image: BuiltImage }>>;
  /** Tamaño de cada blob y suma de cada `.db`: si algo se truncó o se escribió dentro, se nota sin leerlo todo. */
  files: Readonly<Record<string, string>>;
}

export interface GoldenStore {
  folder: string;
  note: GoldenNote;
}

const storesFolder = (images: string) => path.join(images, 'almacenes');

/** Un almacén entero que ya tiene todas estas imágenes, con estas mismas recetas y este containerd. */
export async function findGoldenStore(images: string, wanted: ReadonlyMap<string, string>, containerd: string): Promise<GoldenStore | undefined> {
  for (const name of await readdir(storesFolder(images)).catch(() => [])) {
    const folder = path.join(storesFolder(images), name);
    const note = await readNote(folder);
    if (note?.containerd !== containerd || ![...wanted].every(([image, key]) => note.images[image]?.key === key)) continue;
    if (await isIntact(folder, note)) return { folder: path.join(folder, 'containerd'), note };
  }
  return undefined;
}

/** Importa las imágenes en un containerd suelto y guarda su carpeta. Después borra los almacenes que este deja sin uso. */
export async function buildGoldenStore(
  key: string,
  images: readonly ReadyImage[],
  describe: (files: Readonly<Record<string, string>>) => GoldenNote,
  { folder, scratch, binaries, signal }: Workshop,
): Promise<GoldenStore> {
  const half = path.join(scratch, `store-${key}`);
  const root = path.join(half, 'containerd');
  await mkdir(root, { recursive: true });
  const log = path.join(scratch, 'containerd.log');
  await importAll(await prepareArchive(images, path.join(scratch, 'archivo')), [binaries.folder, root, log], signal);
  const note = describe(await fingerprints(root));
  await writeFile(path.join(half, 'listo.json'), `${JSON.stringify(note, null, 2)}\n`);
  const final = path.join(storesFolder(folder), key);
  await mkdir(path.dirname(final), { recursive: true });
  await rm(final, { recursive: true, force: true });
  await rename(half, final);
  // Los nodos en marcha tienen sus propios enlaces: borrar los almacenes viejos no les quita nada.
  for (const old of await readdir(path.dirname(final))) if (old !== key) await rm(path.join(path.dirname(final), old), { recursive: true, force: true });
  return { folder: path.join(final, 'containerd'), note };
}

/** `tar | containerd`, sin que el archivo entero pase por el disco. */
async function importAll(tarArgs: readonly string[], args: readonly string[], signal: AbortSignal): Promise<void> {
  const { command, args: isolatedArgs } = isolated(path.join(import.meta.dirname, 'golden-store.sh'), args, { withoutNetwork: true });
  const pack = execa('tar', [...tarArgs], { reject: false, cancelSignal: signal, stdin: 'ignore', buffer: { stdout: false } });
  const result = await pack.pipe(command, isolatedArgs, { reject: false, cancelSignal: signal, env: { LC_ALL: 'C' } });
  const packed = await pack;
  if (signal.aborted) throw new LabError('Cortado mientras se importaban las imágenes.', { code: 'ABORTED' });
  if (result.exitCode !== 0) throw explainToolFailure('importar las imágenes en containerd', `${packed.stderr}\n${result.stderr}`, result);
  if (packed.exitCode !== 0) throw explainToolFailure('reunir las imágenes en un archivo', packed.stderr, packed);
}

async function readNote(folder: string): Promise<GoldenNote | undefined> {
  try {
    const note = JSON.parse(await readFile(path.join(folder, 'listo.json'), 'utf8')) as GoldenNote;
    return note.images && note.files ? note : undefined;
  } catch {
    return undefined;
  }
}

async function isIntact(folder: string, note: GoldenNote): Promise<boolean> {
  const found = await fingerprints(path.join(folder, 'containerd')).catch(() => ({}));
  return JSON.stringify(found) === JSON.stringify(note.files);
}

const blobs = 'io.containerd.content.v1.content/blobs/sha256';
const snapshots = 'io.containerd.snapshotter.v1.overlayfs';
const databases = ['io.containerd.metadata.v1.bolt/meta.db', `${snapshots}/metadata.db`];

/** De cada blob, su tamaño; de las capas desplegadas, cuáles; de cada base de datos, su suma. */
export async function fingerprints(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const name of (await readdir(path.join(root, blobs))).sort()) found[`${blobs}/${name}`] = `${(await stat(path.join(root, blobs, name))).size} bytes`;
  found[`${snapshots}/snapshots`] = (await readdir(path.join(root, snapshots, 'snapshots'))).sort().join(' ');
  for (const name of databases) found[name] = await sha256OfFile(path.join(root, name));
  return found;
}

/** Lo que dicen de sí los almacenes hechos, con el containerd que sea. */
export async function readNotes(images: string): Promise<GoldenNote[]> {
  const names = await readdir(storesFolder(images)).catch(() => []);
  return (await Promise.all(names.map((name) => readNote(path.join(storesFolder(images), name))))).filter((note) => note !== undefined);
}
