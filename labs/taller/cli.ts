import path from 'node:path';
import { exitCodeOfError } from '../exit-code.ts';
import { errorLines, faultLines, isReadable } from '../ui/error-lines.ts';
import { hostScreen } from '../ui/screen.ts';
import { tallerCache } from './cache.ts';
import type { TallerContext } from './commands/context.ts';
import { parseTaller } from './parse.ts';
import { createProgressView } from './show-progress.ts';

// argv → orden del taller. Como labs/cli.ts: aquí hay process, reloj de verdad y código de salida.

const root = path.join(import.meta.dirname, '../..');
const screen = hostScreen(process, () => performance.now());
const progress = createProgressView(screen);
const stopping = new AbortController();
process.on('SIGINT', () => stopping.abort());
process.on('SIGTERM', () => stopping.abort());

try {
  await run({ root, cacheDir: tallerCache(process.env), env: process.env, screen, progress, signal: stopping.signal });
} catch (error) {
  progress.end();
  const isCut = stopping.signal.aborted && !isReadable(error);
  screen.err(`${(isReadable(error) ? errorLines(error, screen) : isCut ? ['Interrumpido.'] : faultLines(error)).join('\n')}\n`);
  process.exitCode = isCut ? 130 : exitCodeOfError(error);
}
process.exit();

async function run(context: TallerContext): Promise<void> {
  const request = parseTaller(process.argv.slice(2));
  switch (request.command) {
    case 'help': {
      const { helpLines } = await import('./commands/help.ts');
      screen.out(`${helpLines.join('\n')}\n`);
      return;
    }
    case 'up':
      return (await import('./commands/up.ts')).runUp(context);
    case 'upComplete':
      return (await import('./commands/up.ts')).runUp(context, { isComplete: true });
    case 'status':
      return (await import('./commands/status.ts')).runStatus(context);
    case 'down':
      return (await import('./commands/down.ts')).runDown(context);
    case 'images': {
      const { imageLines, listImages } = await import('./images/list-images.ts');
      screen.out(`${imageLines(await listImages(context.cacheDir, root)).join('\n')}\n`);
      return;
    }
    case 'nodes':
      return (await import('./commands/nodes.ts')).runResize(context, request.count);
    case 'powerOff':
    case 'powerOn':
    case 'cut':
    case 'mend':
      return (await import('./commands/nodes.ts')).runPower(context, request);
    case 'conformance':
      return (await import('../conformance/command.ts')).runConformanceCommand(context, request.target);
  }
}
