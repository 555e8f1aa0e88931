// @ts-check
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/**
 * ¿Sirve este Node? @kubernetes/client-node 2 pide 22.19, y desde 22.18 los `.ts` se ejecutan sin compilar.
 * La serie 23 se cierra en abril de 2025 y no la admiten ni client-node ni vitest.
 * @param {string} version `v20.20.2` o `20.20.2`
 */
export function nodeServes(version) {
  const [major = 0, minor = 0] = version.replace(/^v/, '').split('.').map(Number);
  return major === 22 ? minor >= 19 : major >= 24;
}

/**
 * El Node que trae el paquete npm `node`, o `undefined` si su guion de instalación no llegó a correr.
 * @param {string} root
 * @param {string} platform
 */
export function bundledNode(root, platform = process.platform) {
  const path = join(root, 'node_modules', 'node', 'bin', platform === 'win32' ? 'node.exe' : 'node');
  return existsSync(path) ? path : undefined;
}
