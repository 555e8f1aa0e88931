import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, realpath, stat } from 'node:fs/promises';
import path from 'node:path';
import { pipeline } from 'node:stream/promises';
import { writeAtomic } from '../../progress/write-atomic.ts';

/** Cómo quedó cada ejecutable el día que se compiló. */
interface StoredFile {
  bytes: number;
  sha256: string;
  modified: number;
}

interface Manifest {
  title: string;
  license: string;
  go: string;
  seconds: number;
  files: Readonly<Record<string, StoredFile>>;
}

const manifestFile = (folder: string) => path.join(folder, 'manifiesto.json');

/** Anota lo que hay en la carpeta recién compilada. Lo escrito llega al disco antes que el manifiesto: un apagón no deja un «está» falso. */
export async function describe(folder: string, names: readonly string[], about: Omit<Manifest, 'files'>): Promise<void> {
  const files: Record<string, StoredFile> = {};
  for (const name of names) {
    const file = path.join(folder, name);
    const handle = await open(file, 'r+');
    try {
      await handle.sync();
      const { size, mtimeMs } = await handle.stat();
      files[name] = { bytes: size, sha256: await sha256Of(file), modified: mtimeMs };
    } finally {
      await handle.close();
    }
  }
  await writeManifest(folder, { ...about, files });
}

const writeManifest = (folder: string, manifest: Manifest) =>
  writeAtomic(manifestFile(folder), `${JSON.stringify(manifest, null, 2)}\n`, String(process.pid), 0o644);

export type Condition = { is: 'ready' } | { is: 'missing' } | { is: 'damaged'; how: string };

/**
 * Mira si lo guardado es lo que se compiló. El tamaño, siempre. Leer los 450 MB para la suma cuesta unos 0,8 s en cada arranque: se hace
 * solo cuando la fecha no es la anotada, que es como se nota que alguien ha escrito en el archivo o que la caché viene de otra máquina.
 */
export async function inspect(folder: string, names: readonly string[]): Promise<Condition> {
  const text = await readFile(manifestFile(folder), 'utf8').catch(() => undefined);
  if (text === undefined) return (await exists(folder)) ? { is: 'damaged', how: 'no tiene manifiesto' } : { is: 'missing' };
  const manifest = parse(text);
  if (!manifest) return { is: 'damaged', how: 'su manifiesto no se entiende' };
  const moved: Record<string, StoredFile> = {};
  for (const name of names) {
    const noted = manifest.files[name];
    const found = await stat(path.join(folder, name)).catch(() => undefined);
    if (!noted || !found) return { is: 'damaged', how: `falta ${name}` };
    if (found.size !== noted.bytes) return { is: 'damaged', how: `${name} tiene ${found.size} bytes y se anotaron ${noted.bytes}` };
    if ((found.mode & 0o111) === 0) return { is: 'damaged', how: `${name} no se puede ejecutar` };
    if (found.mtimeMs === noted.modified) continue;
    if ((await sha256Of(path.join(folder, name))) !== noted.sha256) return { is: 'damaged', how: `la suma de ${name} no es la anotada` };
    moved[name] = { ...noted, modified: found.mtimeMs };
  }
  // Que la próxima vez no haya que leerlo entero. Si no se puede anotar, vale igual.
  if (Object.keys(moved).length > 0) await writeManifest(folder, { ...manifest, files: { ...manifest.files, ...moved } }).catch(() => undefined);
  return { is: 'ready' };
}

/** La suma anotada de un ejecutable, si sigue como se anotó: leerlo entero, con 80 MB, cuesta una décima en cada arranque. */
export async function notedSum(file: string): Promise<string | undefined> {
  try {
    const real = await realpath(file);
    const noted = parse(await readFile(manifestFile(path.dirname(real)), 'utf8'))?.files[path.basename(real)];
    const { size, mtimeMs } = await stat(real);
    return noted?.bytes === size && noted.modified === mtimeMs ? noted.sha256 : undefined;
  } catch {
    return undefined;
  }
}

function parse(text: string): Manifest | undefined {
  try {
    const manifest = JSON.parse(text) as Manifest;
    return typeof manifest.files === 'object' && manifest.files !== null ? manifest : undefined;
  } catch {
    return undefined;
  }
}

const exists = (place: string) =>
  stat(place).then(
    () => true,
    () => false,
  );

async function sha256Of(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { highWaterMark: 1 << 20 }), hash);
  return hash.digest('hex');
}
