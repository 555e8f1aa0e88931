import type { Versions } from '../recipe.ts';

export type Suite = 'forky' | 'trixie';

/** forky se mueve y un día puede no tener un paquete: trixie, la estable, es el respaldo. */
export const suites: readonly Suite[] = ['forky', 'trixie'];

/** `1:11.8.9+ds-2` → `11.8.9`: la versión de quien lo escribe, sin lo que añade Debian. */
export const upstreamVersion = (version: string): string => version.replace(/^\d+:/, '').replace(/[-+~].*$/, '');

/** `11.8` acepta 11.8 y 11.8.9, no 11.80. */
const matches = (version: string, expected: string) => version === expected || version.startsWith(`${expected}.`);

export const hasAll = (versions: Versions, packages: readonly string[]): boolean => packages.every((name) => versions[name] !== undefined);

/** Si además son las versiones que promete la imagen. */
export const keepsPromise = (versions: Versions, expects: Versions): boolean =>
  Object.entries(expects).every(([name, expected]) => matches(upstreamVersion(versions[name] ?? ''), expected));

/** De `apt-cache show` a la versión de cada paquete. */
export function versionsOf(show: string): Versions {
  const versions: Record<string, string> = {};
  for (const block of show.split('\n\n')) {
    const name = /^Package: (.+)$/m.exec(block)?.[1];
    const version = /^Version: (.+)$/m.exec(block)?.[1];
    if (name && version) versions[name] ??= version;
  }
  return versions;
}
