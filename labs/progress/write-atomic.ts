import { open, rename, rm } from 'node:fs/promises';

/**
 * Escribe al lado y renombra: quien lea ve lo de antes o lo de ahora, nunca la mitad, aunque el proceso muera a medias.
 * Lo personal solo lo lee quien lo escribió; lo que se entrega o se confirma pide otro modo. El fsync va antes del rename: sin él, un apagón puede dejar el nombre nuevo con el contenido vacío.
 */
export async function writeAtomic(file: string, text: string, unique: string, mode = 0o600): Promise<void> {
  const temporary = `${file}.${unique}.tmp`;
  try {
    const handle = await open(temporary, 'w', mode);
    try {
      await handle.writeFile(text);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => undefined);
    throw error;
  }
}
