import { randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { chooseTarget } from '../../cluster/choose-target.ts';
import { cleanUp } from '../../cluster/cleanup.ts';
import { readManifestFile, readManifestFolder } from '../../cluster/manifests.ts';
import { humanDuration } from '../../engine/reading.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { parse } from '../../parse.ts';
import { proofsOf } from '../../proofs.ts';
import { folderOf, type LabEntry, labs } from '../../registry.ts';
import { spaceSuffix } from '../../space-suffix.ts';
import { tallerCache } from '../../taller/cache.ts';
import { explainError } from '../explain-error.ts';
import { runProofs } from './run-proofs.ts';

// node labs/dev/prove/prove.ts taller [04 …]: lo que labs/proved.test.ts exige en la maqueta, en el clúster que se diga.

const root = path.join(import.meta.dirname, '../../..');
/** Con dos núcleos, tres laboratorios a la vez esperan más de lo que trabajan. */
const atOnce = 3;

const words = process.argv.slice(2);
const requests = words.filter((word) => word !== 'taller' && word !== 'maqueta').map((word) => ({ word, request: parse([word], labs) }));
const unknown = requests.find(({ request }) => request.command !== 'lab');
const where = words.includes('maqueta') ? 'maqueta' : 'taller';
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

let passed = 0;
let failed = 0;
if (unknown) {
  console.error(`No hay laboratorio «${unknown.word}». Los que hay: ${labs.map(({ id }) => id).join(', ')}.`);
  process.exitCode = 2;
} else {
  const chosen = requests.length === 0 ? labs : requests.flatMap(({ request }) => (request.command === 'lab' ? [request.lab] : []));
  try {
    for (const entry of chosen) await prove(entry);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(explainError(error));
    failed += 1;
    process.exitCode = exitCodeOfError(error);
  }
  console.log(`${passed} passed, ${failed} failed`);
}

async function prove(entry: LabEntry): Promise<void> {
  const lab = await entry.load();
  const folder = `manifests/${folderOf(entry)}`;
  const { target } = await chooseTarget({ wish: { kind: where }, place: { KUBECONFIG: undefined, home: homedir() }, tallerCache: tallerCache(process.env) });
  const spaces: string[] = [];
  console.log(`Laboratorio ${lab.id}, en ${target.title}`);
  try {
    await runProofs({
      proofs: proofsOf(lab, {
        signal: stopping.signal,
        manifestsWith: (answers) => ({
          read: (file) => readManifestFile(root, `${folder}/${file}`),
          answers: () => readManifestFolder(root, `${folder}/${answers}`),
        }),
        suffix() {
          const suffix = spaceSuffix(randomInt);
          spaces.push(`lab-${lab.id}-${suffix}`);
          return suffix;
        },
        leavesNothing: where === 'taller',
      }),
      target,
      // La maqueta tiene un solo reloj: dos a la vez lo moverían cada uno por su lado.
      atOnce: where === 'taller' && !lab.needs.alone ? atOnce : 1,
      now: Date.now,
      onEnd: ({ title, problems, took }) => count(title, problems, took),
    });
  } finally {
    // También lo que dejó una que se cortó: al acabar no queda nada nuestro.
    if (where === 'taller') {
      const { leftovers, took } = await cleanUp(target, { lab: lab.id, signal: new AbortController().signal, only: spaces });
      count(
        'al acabar no queda nada en el clúster',
        leftovers.map(({ kind, name, why }) => `${kind} ${name}: ${why}`),
        took,
      );
    }
    await target.close();
  }
}

function count(title: string, problems: readonly string[], took: number): void {
  if (problems.length === 0) passed += 1;
  else failed += 1;
  console.log(`  ${problems.length === 0 ? '✔' : '✖'} ${title} (${humanDuration(took)})`);
  for (const problem of problems) console.log(`      ${problem}`);
}
