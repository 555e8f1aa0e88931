import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from 'vitest';
import { nodeIsSupported } from './node-support.ts';

const labs = path.resolve(import.meta.dirname, '..');

test.each([
  ['20.20.2', false],
  ['22.18.9', false],
  ['22.19.0', true],
  ['v24.21.0', true],
  ['21.99.0', false],
  ['26.0.0-nightly', true],
])('Node %s: %s', (version, expected) => {
  expect(nodeIsSupported(version)).toBe(expected);
});

test('client-node es 2.0.1 o posterior: la anterior corta todo watch a los 30 s', async () => {
  const { version } = JSON.parse(await readFile(path.resolve(labs, '../node_modules/@kubernetes/client-node/package.json'), 'utf8')) as { version: string };
  const [major = 0, minor = 0, patch = 0] = version.split('.').map(Number);
  expect(major > 2 || (major === 2 && (minor > 0 || patch >= 1))).toBe(true);
});

test('conectar sin TLS solo se permite a la maqueta y al servidor de prueba, los dos en 127.0.0.1', async () => {
  const found: string[] = [];
  for (const file of await readdir(labs, { recursive: true })) {
    if (!file.endsWith('.ts') || file.endsWith('.test.ts') || file.startsWith('dev')) continue;
    if ((await readFile(path.join(labs, file), 'utf8')).includes('skipTLSVerify')) found.push(file.split(path.sep).join('/'));
  }
  expect(found.sort()).toEqual(['cluster/maqueta-target.ts', 'testing/fake-api.ts']);
});
