// @ts-check
import { spawn } from 'node:child_process';
import { basename } from 'node:path';

/**
 * Cómo se llama a npm. Dentro de `npm run`, npm dice dónde está su programa y basta con ejecutarlo con este Node:
 * así no hace falta `npm.cmd` ni un shell en Windows. Con pnpm o yarn esa variable nombra su programa y no vale.
 * @param {NodeJS.ProcessEnv} env
 * @param {string} platform
 * @returns {{ file: string, args: string[], shell: boolean }}
 */
export function npmProgram(env, platform = process.platform) {
  const script = env['npm_execpath'];
  if (script && /^npm-cli\.[cm]?js$/.test(basename(script))) return { file: process.execPath, args: [script], shell: false };
  return platform === 'win32' ? { file: 'npm.cmd', args: [], shell: true } : { file: 'npm', args: [], shell: false };
}

/**
 * @param {string[]} args
 * @param {{ cwd: string, env: NodeJS.ProcessEnv, signal: AbortSignal }} options
 * @returns {Promise<{ code: number, output: string }>} lo que npm dijo; `ENOENT` en `output` si no hay npm
 */
export function runNpm(args, { cwd, env, signal }) {
  const { file, args: first, shell } = npmProgram(env);
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(file, [...first, ...args], { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'], windowsHide: true });
    const stop = () => child.kill('SIGTERM');
    signal.addEventListener('abort', stop, { once: true });
    if (signal.aborted) stop();
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: 1, output: `${output}\nnpm error code ${/** @type {NodeJS.ErrnoException} */ (error).code}\n${error.message}` });
    });
    child.on('close', (code) => {
      signal.removeEventListener('abort', stop);
      resolve({ code: code ?? 1, output });
    });
  });
}
