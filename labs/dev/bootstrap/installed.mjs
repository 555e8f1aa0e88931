// @ts-check
import { readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** @typedef {import('./commands.mjs').Level} Level */

const markerPath = (/** @type {string} */ root) => join(root, 'node_modules', '.bitacora-instalado.json');
// Lo escribe npm al final de una instalación que acabó bien: es la prueba de lo que hay de verdad en node_modules.
const npmRecordPath = (/** @type {string} */ root) => join(root, 'node_modules', '.package-lock.json');

const covers = (/** @type {Level} */ has, /** @type {Level} */ needs) => has === 'all' || needs === 'labs';

/**
 * ¿Está instalado lo que pide `level`, y es lo que dice package-lock.json? Lo que vale es comparar paquete a paquete
 * con lo que npm anotó. Eso cuesta unos 20 ms, así que se deja una marca con el tamaño y la fecha del package-lock
 * comparado: mientras no cambien, basta con mirarlos. (Un hash obligaría a cargar node:crypto: otros 15 ms.)
 * @param {string} root
 * @param {Level} level
 */
export function isInstalled(root, level) {
  const lockPath = join(root, 'package-lock.json');
  const { size, mtimeMs } = statSync(lockPath);
  const marker = readJson(markerPath(root));
  if (marker?.size === size && marker.mtimeMs === mtimeMs && covers(marker.level, level)) return true;
  const found = recordedLevel(root, readFileSync(lockPath, 'utf8'));
  if (!found || !covers(found, level)) return false;
  mark(root, { level: found, size, mtimeMs });
  return true;
}

/**
 * Lo que hubo instalado, aunque sea de otro package-lock.json: para no quitar el sitio a quien ya lo tenía.
 * @param {string} root
 * @returns {Level | undefined}
 */
export const previousLevel = (root) => readJson(markerPath(root))?.level;

/**
 * Antes de instalar: si se corta a mitad, nada debe dar por bueno lo que quede.
 * @param {string} root
 */
export function forgetInstalled(root) {
  rmSync(markerPath(root), { force: true });
  rmSync(npmRecordPath(root), { force: true });
}

/** @returns {Level | undefined} lo que cubre node_modules según npm */
function recordedLevel(/** @type {string} */ root, /** @type {string} */ lock) {
  const record = readJson(npmRecordPath(root))?.packages;
  if (!record) return undefined;
  const wanted = Object.entries(/** @type {Record<string, any>} */ (JSON.parse(lock).packages)).filter(
    // Los opcionales dependen del sistema: npm instala solo los suyos.
    ([path, entry]) => path !== '' && !entry.optional && !entry.devOptional && !entry.peer,
  );
  const missing = wanted.filter(([path, entry]) => record[path]?.version !== entry.version);
  if (missing.length === 0) return 'all';
  return missing.every(([, entry]) => entry.dev) ? 'labs' : undefined;
}

function mark(/** @type {string} */ root, /** @type {{ level: Level, size: number, mtimeMs: number }} */ marker) {
  try {
    writeFileSync(markerPath(root), `${JSON.stringify(marker)}\n`);
  } catch {
    // Carpeta de solo lectura: la próxima vez se volverá a comparar, que es más lento y nada más.
  }
}

/** @returns {any} */
function readJson(/** @type {string} */ path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined; // No existe o quedó a medias: las dos cosas significan que hay que instalar.
  }
}
