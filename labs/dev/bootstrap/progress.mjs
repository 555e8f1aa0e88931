// @ts-check
import { readdirSync, readFileSync } from 'node:fs';
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

function countTopLevel(/** @type {string} */ folder) {
  let count = 0;
  for (const name of list(folder)) {
    if (name.startsWith('.')) continue;
    count += name.startsWith('@') ? list(join(folder, name)).filter((inner) => !inner.startsWith('.')).length : 1;
  }
  return count;
}

function list(/** @type {string} */ folder) {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
