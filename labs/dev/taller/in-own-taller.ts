import { spawn } from 'node:child_process';
import { LabError } from '../../engine/lab-error.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { explainError } from '../explain-error.ts';
import { whyIn, withOwnTaller } from './own-taller.ts';
import { runTaller } from './run-taller.ts';

// node labs/dev/taller/in-own-taller.ts ORDEN…: la corre con un taller que se levanta para ella y se para al acabar. El que esté en marcha
// no se toca: así hay dos a la vez. Sale con lo que salga la orden.

const [program, ...args] = process.argv.slice(2);
if (program === undefined) {
  console.error('Falta la orden.\nPrueba:  node labs/dev/taller/in-own-taller.ts node labs/dev/prove/prove.ts taller 07');
  process.exitCode = 2;
} else {
  try {
    process.exitCode = await withOwnTaller(async (own) => {
      const up = await runTaller(own, ['completo']);
      if (up.code !== 0) throw new LabError(`El taller propio no se levanta: ${whyIn(up.out)}`, { code: 'ENVIRONMENT' });
      return run(program, args, own.home);
    });
  } catch (error) {
    console.error(explainError(error));
    process.exitCode = exitCodeOfError(error);
  }
}

function run(file: string, words: readonly string[], home: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, words, { stdio: 'inherit', env: { ...process.env, XDG_CACHE_HOME: home } });
    child.once('error', reject);
    child.once('close', (code) => resolve(code ?? 1));
  });
}
