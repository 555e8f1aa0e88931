import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';

/** Con qué nombre se ha presentado cada pasada: la batería se lo pone de etiqueta (`e2e-run`) a los espacios de nombres que crea. */
export async function runIds(workFolder: string): Promise<string[]> {
  const logs = (await readdir(workFolder).catch(() => [])).filter((name) => name.endsWith('.log') && name !== 'ensayo.log');
  const texts = await Promise.all(logs.map((name) => readFile(path.join(workFolder, name), 'utf8')));
  return texts.flatMap((text) => /Starting e2e run "([\da-f-]{36})"/.exec(text)?.[1] ?? []);
}

/** Lo que quede de una prueba a la que hubo que matar. La que acaba, también por Ctrl-C, borra lo suyo. */
export async function deleteLeftNamespaces(workFolder: string, kubectl: (args: readonly string[]) => Promise<string>): Promise<void> {
  const ids = await runIds(workFolder);
  if (ids.length === 0) return;
  await kubectl(['delete', 'namespaces', '--selector', `e2e-run in (${ids.join(',')})`, '--wait=false', '--ignore-not-found']);
}
