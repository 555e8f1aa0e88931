// @ts-check
import { delimiter, dirname } from 'node:path';
import { pathToFileURL } from 'node:url';

/**
 * Sigue en este mismo proceso: lanzar otro Node costaría unos 40 ms antes de la primera línea.
 * @param {string} file
 * @param {readonly string[]} args
 */
export async function runHere(file, args) {
  process.argv = [process.execPath, file, ...args];
  await import(pathToFileURL(file).href);
}

/**
 * Ejecuta el archivo con otro Node y acaba como él: mismo código, o 128 + señal.
 * @param {string} node
 * @param {string} file
 * @param {readonly string[]} args
 * @returns {Promise<number>}
 */
export async function runWith(node, file, args) {
  const [{ spawn }, { constants }] = await Promise.all([import('node:child_process'), import('node:os')]);
  const child = spawn(node, [file, ...args], { stdio: 'inherit', env: withFirstInPath(dirname(node), process.env) });
  // En una terminal, Ctrl-C ya llega a los dos: reenviarlo lo contaría dos veces. Fuera de ella, se reenvía.
  const atTerminal = process.stdin.isTTY || process.stderr.isTTY;
  process.on('SIGINT', () => atTerminal || child.kill('SIGINT'));
  for (const name of /** @type {const} */ (['SIGTERM', 'SIGHUP'])) process.on(name, () => child.kill(name));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => resolve(code ?? 128 + (signal ? constants.signals[signal] : 0)));
  });
}

/** Lo que la orden lance con `node` usa este mismo Node. En Windows la variable suele llamarse `Path`. */
function withFirstInPath(/** @type {string} */ folder, /** @type {NodeJS.ProcessEnv} */ env) {
  const key = Object.keys(env).find((name) => name.toUpperCase() === 'PATH') ?? 'PATH';
  return { ...env, [key]: env[key] ? `${folder}${delimiter}${env[key]}` : folder };
}
