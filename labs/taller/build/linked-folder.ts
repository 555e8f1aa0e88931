import { createHash, randomUUID } from 'node:crypto';
import { mkdir, readlink, rename, rm, symlink } from 'node:fs/promises';
import path from 'node:path';
import { type Component, executablesOf } from './components.ts';

export interface Ready {
  component: Component;
  /** Carpeta de la pieza dentro de `bin`. */
  entry: string;
}

/**
 * Una carpeta con todos los ejecutables por su nombre, que es lo que se pone en un PATH. Son enlaces relativos: la caché se puede mover entera.
 * Su nombre sale de lo que contiene, así que un taller en marcha conserva la suya aunque después se compile otra versión.
 */
export async function linkedFolder(bin: string, ready: readonly Ready[]): Promise<string> {
  const links = new Map<string, string>();
  for (const { component, entry } of ready) {
    const [first = '', ...others] = executablesOf(component);
    const into = component.into ?? '';
    for (const name of [first, ...others]) links.set(path.join(into, name), path.join(entry, name));
    for (const alias of component.aliases ?? []) links.set(path.join(into, alias), path.join(entry, first));
  }
  const name = createHash('sha256')
    .update(JSON.stringify([...links]))
    .digest('hex')
    .slice(0, 16);
  const folder = path.join(bin, `todo-${name}`);
  if (await isComplete(folder, bin, links)) return folder;
  const draft = path.join(bin, `.obra-${process.pid}-${randomUUID()}`);
  for (const [link, target] of links) {
    const place = path.join(draft, link);
    await mkdir(path.dirname(place), { recursive: true });
    await symlink(path.relative(path.dirname(path.join(folder, link)), path.join(bin, target)), place);
  }
  await rm(folder, { recursive: true, force: true });
  try {
    await rename(draft, folder);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Otro ha puesto la misma a la vez: contiene lo mismo.
    if (!(await isComplete(folder, bin, links))) throw error;
  }
  return folder;
}

async function isComplete(folder: string, bin: string, links: ReadonlyMap<string, string>): Promise<boolean> {
  for (const [link, target] of links) {
    const place = path.join(folder, link);
    const found = await readlink(place).catch(() => undefined);
    if (found !== path.relative(path.dirname(place), path.join(bin, target))) return false;
  }
  return true;
}
