import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { nodeServes } from './choose-node.mjs';
import { commands } from './commands.mjs';
import { explainFailure } from './explain-failure.mjs';
import { npmProgram } from './npm-process.mjs';

test.each([
  ['v18.19.0', false],
  ['v20.20.2', false],
  ['v22.18.0', false],
  ['v22.19.0', true],
  ['v23.11.0', false],
  ['v24.0.0', true],
  ['v26.1.0', true],
])('Node %s: ¿sirve? %s', (version, serves) => {
  expect(nodeServes(version)).toBe(serves);
});

describe('cómo se llama a npm', () => {
  test('dentro de npm run, con el programa que npm dice y este mismo Node', () => {
    expect(npmProgram({ npm_execpath: '/usr/lib/npm/bin/npm-cli.js' }, 'win32')).toEqual({
      file: process.execPath,
      args: ['/usr/lib/npm/bin/npm-cli.js'],
      shell: false,
    });
  });

  test('dentro de pnpm, npm a secas: su programa no entiende las mismas opciones', () => {
    expect(npmProgram({ npm_execpath: '/opt/pnpm/bin/pnpm.cjs' }, 'linux')).toEqual({ file: 'npm', args: [], shell: false });
  });

  test('en Windows, npm es un .cmd y hace falta un shell', () => {
    expect(npmProgram({}, 'win32')).toEqual({ file: 'npm.cmd', args: [], shell: true });
  });
});

test.each([
  ['npm error code ENOTFOUND', 'No hay conexión con el registro de paquetes.'],
  ['npm error code ENOSPC', 'No queda sitio en el disco.'],
  ['npm error code EACCES', 'No hay permiso para escribir en esta carpeta o en la caché de npm.'],
  ['npm error code E401', 'El registro de paquetes pide credenciales o te niega un paquete.'],
  ['npm error code EINTEGRITY', 'Un paquete llegó distinto de como dice package-lock.json.'],
  ['npm error code EUSAGE', 'package-lock.json no casa con package.json.'],
  ['npm error code SELF_SIGNED_CERT_IN_CHAIN', 'El certificado del registro de paquetes no es de fiar para este Node.'],
  ['npm error code ENOENT\nspawn npm ENOENT', 'No encuentro el programa npm.'],
  ['npm error code NUNCAVISTO', 'npm no ha podido instalar las dependencias.'],
])('%j se explica', (output, cause) => {
  expect(explainFailure(output).cause).toBe(cause);
});

test.each(Object.entries(commands))('npm run %s lleva a un archivo que existe', (_, { file }) => {
  expect(existsSync(join(import.meta.dirname, '../../..', file)), file).toBe(true);
});
