// @ts-check
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./commands.mjs').Level} Level */

/**
 * Cuántos paquetes de primer nivel hay ya en node_modules y cuántos habrá, para decir por dónde va.
 * @param {string} root
 * @param {Level} level
 */
export function createProgress(root, level) {
  const packages = Object.entries(/** @type {Record<string, any>} */ (JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')).packages));
  const expected = packages.filter(([path, entry]) => isTopLevel(path) && !entry.optional && (level === 'all' || !entry.dev)).length;
  return () => `${Math.min(countTopLevel(join(root, 'node_modules')), expected)} de ${expected} paquetes`;
}

const isTopLevel = (/** @type {string} */ path) => path.startsWith('node_modules/') && path.lastIndexOf('node_modules/') === 0;

/** npm crea antes las carpetas vacías: cuenta solo las que ya tienen su package.json. */
function countTopLevel(/** @type {string} */ folder) {
  const folders = list(folder).flatMap((name) => (name.startsWith('@') ? list(join(folder, name)).map((inner) => join(name, inner)) : [name]));
  return folders.filter((name) => existsSync(join(folder, name, 'package.json'))).length;
}

function list(/** @type {string} */ folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
