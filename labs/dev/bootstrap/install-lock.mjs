// @ts-check
import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';

/**
 * Un cerrojo en disco para que dos órdenes lanzadas a la vez en un clon nuevo no instalen a la vez.
 * Quien lo tiene lo toca cada dos segundos; veinte sin tocarlo, o su proceso muerto, significan que nadie lo tiene.
 * Vive fuera de node_modules porque `npm ci` vacía esa carpeta.
 */
const staleAfter = 20_000;
const heartbeat = 2_000;

/**
 * @param {string} root
 * @returns {(() => void) | undefined} la función que lo suelta, o `undefined` si lo tiene otro
 */
export function takeLock(root) {
  const path = join(root, '.bitacora', 'instalacion.lock');
  mkdirSync(join(root, '.bitacora'), { recursive: true });
  const token = JSON.stringify({ pid: process.pid, host: hostname(), since: new Date().toISOString() });
  if (!create(path, token)) {
    if (!removeIfStale(path) || !create(path, token)) return undefined;
  }
  const timer = setInterval(() => touch(path), heartbeat);
  timer.unref();
  return () => {
    clearInterval(timer);
    if (read(path) === token) rmSync(path, { force: true });
  };
}

function create(/** @type {string} */ path, /** @type {string} */ token) {
  try {
    writeFileSync(path, token, { flag: 'wx' });
    return true;
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'EEXIST') return false;
    throw error;
  }
}

function removeIfStale(/** @type {string} */ path) {
  const seen = read(path);
  if (seen === undefined) return true;
  if (!isStale(path, seen)) return false;
  // Dos que esperan pueden verlo caducado a la vez: se aparta con otro nombre y se mira qué se ha apartado de verdad.
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return true;
  }
  if (read(aside) !== seen) {
    try {
      linkSync(aside, path);
    } catch {
      // Ya hay otro dueño: no se le pisa.
    }
    rmSync(aside, { force: true });
    return false;
  }
  rmSync(aside, { force: true });
  return true;
}

function isStale(/** @type {string} */ path, /** @type {string} */ content) {
  try {
    if (Date.now() - statSync(path).mtimeMs > staleAfter) return true;
    const owner = JSON.parse(content);
    return owner.host === hostname() && !isAlive(owner.pid);
  } catch {
    return false; // Acaba de desaparecer o se está escribiendo: se vuelve a mirar en la siguiente vuelta.
  }
}

function isAlive(/** @type {number} */ pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}

function touch(/** @type {string} */ path) {
  try {
    utimesSync(path, new Date(), new Date());
  } catch {
    // Si alguien lo borró a mano, no hay nada que mantener vivo.
  }
}

function read(/** @type {string} */ path) {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
