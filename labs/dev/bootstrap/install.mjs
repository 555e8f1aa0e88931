// @ts-check
import { setTimeout } from 'node:timers/promises';
import { explainFailure } from './explain-failure.mjs';
import { takeLock } from './install-lock.mjs';
import { forgetInstalled, isInstalled, previousLevel } from './installed.mjs';
import { runNpm } from './npm-process.mjs';
import { createProgress } from './progress.mjs';

/** @typedef {import('./commands.mjs').Level} Level */
/** @typedef {{ root: string, env: NodeJS.ProcessEnv, stream: NodeJS.WriteStream, signal: AbortSignal }} World */

const reason = { labs: 'lo justo para los laboratorios', all: 'el sitio, las pruebas y las herramientas' };

/**
 * Deja instalado lo que pide `level`. No dice nada si ya lo está. Todo lo que cuenta va a `stream` (stderr):
 * stdout es de la orden, que puede estar dentro de un `$(…)`.
 * @param {Level} level
 * @param {World} world
 * @returns {Promise<boolean>} `false` si no se pudo, ya explicado
 */
export async function ensureInstalled(level, world) {
  let waitingSince = 0;
  while (!isInstalled(world.root, level)) {
    const release = tryLock(world);
    if (release === 'impossible') return false;
    if (release) {
      try {
        // Otra orden pudo acabar entre la mirada y el cerrojo.
        return isInstalled(world.root, level) || (await install(level, world));
      } finally {
        release();
      }
    }
    if (!waitingSince) {
      waitingSince = Date.now();
      world.stream.write('Otra orden está instalando las dependencias; espero a que acabe.\n');
    }
    await setTimeout(250, undefined, { signal: world.signal }).catch(() => {});
    if (world.signal.aborted) return false;
  }
  return true;
}

/** @returns {(() => void) | undefined | 'impossible'} */
function tryLock(/** @type {World} */ { root, stream }) {
  try {
    return takeLock(root);
  } catch (error) {
    const { cause, fix } = explainFailure(String(error));
    stream.write(`  ✖ No se han podido instalar las dependencias\n    ${cause}\n    Prueba:  ${fix}\n`);
    return 'impossible';
  }
}

async function install(/** @type {Level} */ level, /** @type {World} */ { root, env, stream, signal }) {
  // Quien ya tenía el sitio lo conserva aunque la orden que toca instalar solo pida los laboratorios.
  const target = previousLevel(root) === 'all' ? 'all' : level;
  // `npm ci` vacía node_modules: si solo faltan las herramientas, se añaden encima y no se le quita el suelo a un
  // laboratorio que esté corriendo en otra terminal.
  const onTop = target === 'all' && isInstalled(root, 'labs');
  const start = Date.now();
  stream.write(`Falta instalar dependencias (${reason[target]}). Lo hago ahora, solo esta vez: npm ${onTop ? 'install' : 'ci'}\n`);
  const stopShowing = showProgress(createProgress(root, target), stream);
  forgetInstalled(root);
  const result = await runNpm(npmArguments(target, onTop), { cwd: root, env, signal });
  stopShowing();
  if (signal.aborted) return false;
  if (result.code === 0 && isInstalled(root, target)) {
    stream.write(`Dependencias instaladas en ${seconds(start)}.\n\n`);
    return true;
  }
  const { cause, fix, detail } = explainFailure(result.output);
  stream.write(`  ✖ No se han podido instalar las dependencias (${seconds(start)})\n    ${cause}\n`);
  for (const line of detail) stream.write(`      ${line}\n`);
  stream.write(`    Prueba:  ${fix}\n`);
  return false;
}

/**
 * `--include=dev` hace falta con NODE_ENV=production, que si no quita las herramientas. `--loglevel` hace falta con
 * `npm run -s`, que hereda silencio y se llevaría también los errores.
 */
function npmArguments(/** @type {Level} */ level, /** @type {boolean} */ onTop) {
  const verb = onTop ? ['install', '--no-save'] : ['ci'];
  const reach = level === 'all' ? '--include=dev' : '--omit=dev';
  return [...verb, reach, '--loglevel=error', '--no-audit', '--no-fund', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=8000'];
}

/** En una terminal, una línea que se reescribe. Fuera de ella, una línea cada diez segundos. */
function showProgress(/** @type {() => string} */ progress, /** @type {NodeJS.WriteStream} */ stream) {
  const start = Date.now();
  const timer = setInterval(
    () => stream.write(stream.isTTY ? `\r\x1b[2K  ${progress()}, ${seconds(start)}` : `  ${progress()}, ${seconds(start)}\n`),
    stream.isTTY ? 250 : 10_000,
  );
  return () => {
    clearInterval(timer);
    if (stream.isTTY) stream.write('\r\x1b[2K');
  };
}

const seconds = (/** @type {number} */ start) => `${((Date.now() - start) / 1000).toFixed(1).replace('.', ',')} s`;
