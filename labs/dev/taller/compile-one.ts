import { readdirSync } from 'node:fs';
import path from 'node:path';
import { exitCodeOfError } from '../../exit-code.ts';
import { ensureBinaries } from '../../taller/build/ensure-binaries.ts';
import { tallerCache } from '../../taller/cache.ts';

// Solo compilar una pieza pequeña, en la caché que diga el entorno, y contar qué ha quedado a medias.

const cacheDir = tallerCache(process.env);
try {
  await ensureBinaries({ cacheDir, groups: ['load'], onProgress: () => undefined, signal: new AbortController().signal });
} catch (error) {
  const { message, where, fix } = error as { message: string; where?: string; fix?: string };
  console.log([message, where, fix].join('\n'));
  process.exitCode = exitCodeOfError(error);
}
console.log(`a medias: ${readdirSync(path.join(cacheDir, 'bin')).join(' ') || 'nada'}`);
