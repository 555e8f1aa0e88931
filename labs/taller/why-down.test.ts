import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
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

test.runIf(process.platform === 'linux')('si quien lo levantaba murió y su supervisor no, se quedó a medias: se para y se empieza', async () => {
  // Un intérprete con el nombre del supervisor y sus mismas palabras, que no hace nada hasta que le cierran la entrada.
  copyFileSync(realpathSync('/bin/sh'), join(cacheDir, 'taller'));
  writeFileSync(join(cacheDir, 'supervisor'), 'echo vivo\nread nada\n');
  const supervisor = spawn('./taller', ['supervisor', join(runFolder(cacheDir), 'clúster.json')], { cwd: cacheDir, stdio: ['pipe', 'pipe', 'inherit'] });
  try {
    await once(supervisor.stdout, 'data');
    expect(await said()).toEqual({
      message: 'El taller se quedó a medio levantar: su supervisor vive, pero nadie terminó de prepararlo.',
      fix: 'npm run taller parar && npm run taller',
    });
  } finally {
    supervisor.kill('SIGKILL');
    await once(supervisor, 'exit');
  }
});
