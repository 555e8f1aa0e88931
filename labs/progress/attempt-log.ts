import { open, readFile, stat } from 'node:fs/promises';
import { writeAtomic } from './write-atomic.ts';

/** Al pasar de aquí se queda la mitad más nueva: unos mil intentos. */
const largest = 1024 * 1024;

/** Añade una línea. Si la última quedó a medias por un `kill -9`, no se pega a ella. */
export async function appendLine(file: string, entry: object, unique: string): Promise<void> {
  const handle = await open(file, 'a+', 0o600);
  try {
    const { size } = await handle.stat();
    const last = Buffer.alloc(1);
    if (size > 0) await handle.read(last, 0, 1, size - 1);
    const start = size > 0 && last.toString() !== '\n' ? '\n' : '';
    await handle.writeFile(`${start}${JSON.stringify(entry)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
  if ((await stat(file)).size > largest) await keepNewest(file, unique);
}

async function keepNewest(file: string, unique: string): Promise<void> {
  const lines = (await readFile(file, 'utf8')).split('\n').filter(Boolean);
  const kept: string[] = [];
  let size = 0;
  for (const line of lines.reverse()) {
    size += Buffer.byteLength(line) + 1;
    if (size > largest / 2 && kept.length > 0) break;
    kept.push(line);
  }
  await writeAtomic(file, `${kept.reverse().join('\n')}\n`, unique);
}

/** Lo escrito, en orden. Una línea que no se entiende se salta: es la de un proceso que murió escribiendo. */
export async function readLines(file: string): Promise<unknown[]> {
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  return text.split('\n').flatMap((line): unknown[] => {
    try {
      return line === '' ? [] : [JSON.parse(line)];
    } catch {
      return [];
    }
  });
}
