import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { memoryScreen } from '../../testing/memory-screen.ts';
import { withTaller } from '../exclusive.ts';
import { runStatus } from './status.ts';

let cacheDir: string;
beforeEach(async () => {
  cacheDir = await mkdtemp(path.join(os.tmpdir(), 'taller-'));
});
afterEach(() => rm(cacheDir, { recursive: true, force: true }));

async function status(): Promise<string> {
  const screen = memoryScreen({ isTTY: false, columns: 80, env: {}, format: 'auto' });
  await runStatus({
    root: cacheDir,
    cacheDir,
    env: {},
    screen,
    progress: { onProgress: () => undefined, end: () => undefined },
    signal: new AbortController().signal,
  });
  return screen.visible();
}

it('mientras otra orden lo levanta lo dice, y no llama restos a lo que está a medias', async () => {
  expect(await withTaller(cacheDir, status)).toBe(
    `El taller aún no está levantado: el proceso ${process.pid} lo está levantando o parando.\nCuando acabe, repite: npm run taller estado\n`,
  );
});

it('sin taller y sin nadie levantándolo, cómo se levanta', async () => {
  expect(await status()).toBe('El taller no está levantado.\nPara levantarlo: npm run taller\n');
});
