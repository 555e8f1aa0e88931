import { randomInt } from 'node:crypto';
import { homedir } from 'node:os';
import path from 'node:path';
import { chooseTarget } from '../../cluster/choose-target.ts';
import { cleanUp } from '../../cluster/cleanup.ts';
import { readManifestFile, readManifestFolder } from '../../cluster/manifests.ts';
import type { Target } from '../../engine/ports.ts';
import { humanDuration } from '../../engine/reading.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { type Proof, proofsOf } from '../../proofs.ts';
import { folderOf, type LabEntry, labs } from '../../registry.ts';
import { spaceSuffix } from '../../space-suffix.ts';
import { tallerCache } from '../../taller/cache.ts';
import { explainError } from '../explain-error.ts';
import { compareWithSaved, recordIn } from '../record/record-in.ts';
import { type ProveRequest, parseWords } from './parse-words.ts';
import { runProofs } from './run-proofs.ts';

// node labs/dev/prove/prove.ts taller [grabado] [paciente] [04 …]: lo que labs/proved.test.ts exige en la maqueta, en el clúster que se diga.

const root = path.join(import.meta.dirname, '../../..');
/** Con dos núcleos, más laboratorios a la vez esperan más de lo que trabajan. */
const atOnce = 3;

const request = parseWords(process.argv.slice(2), labs);
const stopping = new AbortController();
let passed = 0;
let failed = 0;

if ('unknown' in request) {
  console.error(`No hay laboratorio «${request.unknown}». Los que hay: ${labs.map(({ id }) => id).join(', ')}.`);
  process.exitCode = 2;
} else {
  process.once('SIGINT', () => stopping.abort());
  process.once('SIGTERM', () => stopping.abort());
  try {
    await prove(request);
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(explainError(error));
    failed += 1;
    process.exitCode = exitCodeOfError(error);
  }
  console.log(`${passed} passed, ${failed} failed`);
}

async function prove({ labs: chosen, where, isRecorded, isPatient }: ProveRequest): Promise<void> {
  const { target } = await chooseTarget({ wish: { kind: where }, place: { KUBECONFIG: undefined, home: homedir() }, tallerCache: tallerCache(process.env) });
  console.log(`${chosen.length === 1 ? 'Laboratorio' : 'Laboratorios'} ${chosen.map(({ id }) => id).join(', ')}, en ${target.title}`);
  const spaces = new Map(chosen.map(({ id }) => [id, [] as string[]]));
  try {
    await runProofs({
      proofs: (
        await Promise.all(chosen.map((entry) => proofsIn(entry, { isRecorded, isLeft: where === 'maqueta', spaces: spaces.get(entry.id) ?? [] })))
      ).flat(),
      target,
      // La maqueta tiene un solo reloj: dos a la vez lo moverían cada uno por su lado.
      atOnce: where === 'taller' ? atOnce : 1,
      now: Date.now,
      isPatient,
      onPostpone(title, problems) {
        console.log(`  … ${title}: esta vez no; se repetirá al final y a solas`);
        for (const problem of problems) console.log(`      ${problem}`);
      },
      onEnd: ({ title, problems, took, firstProblems }) => count(firstProblems ? `${title}, a la segunda y a solas` : title, problems, took),
    });
  } finally {
    // También lo que dejó una que se cortó: al acabar no queda nada nuestro.
    if (where === 'taller') for (const [lab, only] of spaces) await leaveNothing(target, lab, only);
    await target.close();
  }
}

async function proofsIn(entry: LabEntry, { isRecorded, isLeft, spaces }: { isRecorded: boolean; isLeft: boolean; spaces: string[] }): Promise<Proof[]> {
  const lab = await entry.load();
  const folder = `manifests/${folderOf(entry)}`;
  const proofs = proofsOf(lab, {
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
    leavesNothing: !isLeft,
    ...(isRecorded ? { recordAgain: (target: Target) => recordAgain(target, entry) } : {}),
  });
  return proofs.map((proof) => ({ ...proof, title: `${lab.id}: ${proof.title}` }));
}

async function recordAgain(target: Target, entry: LabEntry) {
  const recording = await recordIn(target, entry, stopping.signal);
  return { events: recording.events, differences: await compareWithSaved(entry, recording) };
}

async function leaveNothing(target: Target, lab: string, only: readonly string[]): Promise<void> {
  const { leftovers, took } = await cleanUp(target, { lab, signal: new AbortController().signal, only });
  count(
    `${lab}: al acabar no queda nada en el clúster`,
    leftovers.map(({ kind, name, why }) => `${kind} ${name}: ${why}`),
    took,
  );
}

function count(title: string, problems: readonly string[], took: number): void {
  if (problems.length === 0) passed += 1;
  else failed += 1;
  console.log(`  ${problems.length === 0 ? '✔' : '✖'} ${title} (${humanDuration(took)})`);
  for (const problem of problems) console.log(`      ${problem}`);
}
