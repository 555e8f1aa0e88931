/** `node labs/dev/check-images/reproducible.ts IMAGEN…`: hace cada imagen dos veces y falla si no sale la misma. Pide root y red. */
import { LabError } from '../../engine/lab-error.ts';
import { tallerCache } from '../../taller/cache.ts';
import { reproduce } from '../../taller/images/reproduce.ts';

const stop = new AbortController();
process.once('SIGINT', () => stop.abort());

try {
  const made = await reproduce(process.argv.slice(2), {
    cacheDir: tallerCache(process.env),
    // Las de este guion son de paquetes: los binarios de Go se comprueban donde se compilan.
    binaries: { folder: '', versions: {} },
    env: process.env,
    signal: stop.signal,
  });
  for (const { name, digests } of made)
    console.log(`${new Set(digests).size === 1 ? 'igual   ' : 'DISTINTA'} ${name} ${[...new Set(digests)].map((digest) => digest.slice(0, 16)).join(' y ')}`);
  const same = made.filter(({ digests }) => new Set(digests).size === 1).length;
  console.log(`${same} passed, ${made.length - same} failed`);
  process.exitCode = same === made.length ? 0 : 1;
} catch (error) {
  if (!(error instanceof LabError)) throw error;
  console.error([error.message, error.where, error.fix].filter((line) => line !== undefined).join('\n'));
  process.exitCode = 3;
}
