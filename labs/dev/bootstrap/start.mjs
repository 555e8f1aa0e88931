// @ts-check
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundledNode, nodeServes } from './choose-node.mjs';
import { commands } from './commands.mjs';
import { isInstalled } from './installed.mjs';
import { runHere, runWith } from './run-with.mjs';

/**
 * Por aquí pasa toda orden de `npm run`: instala lo que falte, elige un Node que sirva y sigue con la orden.
 * JavaScript simple y sin dependencias, porque corre con el Node que haya (18 o posterior) y sin node_modules.
 */
const root = dirname(dirname(dirname(dirname(fileURLToPath(import.meta.url)))));
const [name = '', ...args] = process.argv.slice(2);
const command = commands[name];

if (!command) {
  process.stderr.write(`No conozco la orden «${name}». Las que hay: ${Object.keys(commands).join(', ')}.\n`);
  process.exitCode = 2;
} else if (isInstalled(root, command.level) || (await installMissing(command.level))) {
  await run(command);
}

async function run(/** @type {import('./commands.mjs').Command} */ { file, args: first }) {
  const path = join(root, file);
  if (nodeServes(process.version)) return runHere(path, [...first, ...args]);
  const node = bundledNode(root);
  if (node) process.exitCode = await runWith(node, path, [...first, ...args]);
  else {
    process.stderr.write(
      `  ✖ Este Node (${process.version}) no sirve: hace falta 22.19 o posterior\n` +
        '    El proyecto trae el suyo como paquete, pero su guion de instalación no corrió: npm los tiene apagados (ignore-scripts).\n' +
        '    Prueba:  npm rebuild node --ignore-scripts=false        (o instala Node 24)\n',
    );
    process.exitCode = 3;
  }
}

async function installMissing(/** @type {import('./commands.mjs').Level} */ level) {
  const stopping = new AbortController();
  let code = 3;
  /** @type {Record<string, () => void>} */
  const handlers = {};
  for (const [signal, exit] of /** @type {const} */ ([
    ['SIGINT', 130],
    ['SIGTERM', 143],
    ['SIGHUP', 129],
  ])) {
    handlers[signal] = () => {
      code = exit;
      stopping.abort();
    };
    process.on(signal, handlers[signal]);
  }
  // Cargarlo solo si hace falta: es lo que tarda cuando ya está todo instalado lo que se nota.
  const { ensureInstalled } = await import('./install.mjs');
  const installed = await ensureInstalled(level, { root, env: process.env, stream: process.stderr, signal: stopping.signal });
  for (const [signal, handler] of Object.entries(handlers)) process.off(signal, handler);
  if (!installed) {
    if (stopping.signal.aborted) process.stderr.write('Instalación interrumpida. Repite la orden cuando quieras: empezará de nuevo.\n');
    process.exitCode = code;
  }
  return installed;
}
