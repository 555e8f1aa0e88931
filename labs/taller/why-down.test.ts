import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { withTaller } from './exclusive.ts';
import { runFolder } from './state.ts';
import { whyDown } from './why-down.ts';

let cacheDir: string;
beforeEach(() => {
  cacheDir = mkdtempSync(join(tmpdir(), 'taller-'));
});
afterEach(() => rmSync(cacheDir, { recursive: true, force: true }));

const said = async () => {
  const { code, message, fix } = await whyDown(cacheDir);
  expect(code).toBe('ENVIRONMENT');
  return { message, fix };
};

test('nunca levantado: cómo se levanta', async () => expect(await said()).toEqual({ message: 'El taller no está levantado.', fix: 'npm run taller' }));

test('lo que queda de uno muerto de mala manera se dice, y levantarlo lo recoge', async () => {
  mkdirSync(runFolder(cacheDir), { recursive: true });
  expect(await said()).toEqual({ message: 'El taller no está levantado: queda la carpeta del último, pero su supervisor ya no vive.', fix: 'npm run taller' });
});

test.runIf(process.platform === 'linux')('mientras otra orden lo levanta: quién, y que se espere a que acabe', async () => {
  await withTaller(cacheDir, async () => {
    expect(await said()).toEqual({
      message: `El taller aún no está levantado: el proceso ${process.pid} lo está levantando o parando.`,
      fix: 'npm run taller estado   (y repite la orden cuando acabe)',
    });
  });
});
