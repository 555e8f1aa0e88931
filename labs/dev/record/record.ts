import { randomInt, randomUUID } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile } from 'node:fs/promises';
import { availableParallelism, homedir, totalmem } from 'node:os';
import path from 'node:path';
import { isBeyondMaqueta } from '../../beyond-maqueta.ts';
import { chooseTarget } from '../../cluster/choose-target.ts';
import { cleanUp } from '../../cluster/cleanup.ts';
import { readManifestFile } from '../../cluster/manifests.ts';
import { pause } from '../../cluster/real-clock.ts';
import { runningTaller } from '../../cluster/taller-target.ts';
import { maquetaSeed, maquetaSuffix } from '../../commands/execute-lab.ts';
import type { Target } from '../../engine/ports.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { contentHash } from '../../progress/content-hash.ts';
import { writeAtomic } from '../../progress/write-atomic.ts';
import { compareRecordings } from '../../recording/compare.ts';
import { recordLab } from '../../recording/record.ts';
import type { Recording } from '../../recording/recording.ts';
import { folderOf, type LabEntry, labs } from '../../registry.ts';
import { spaceSuffix } from '../../space-suffix.ts';
import { tallerCache } from '../../taller/cache.ts';
import { explainError } from '../explain-error.ts';
import { helpLines } from './help.ts';
import { parseWords, type RecordTarget } from './parse-words.ts';

// npm run grabar [04 …] [comparar] [maqueta | taller]: corre el laboratorio y guarda lo que salió, o lo compara con lo guardado.

const root = path.join(import.meta.dirname, '../../..');
const cacheDir = tallerCache(process.env);
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

const request = parseWords(process.argv.slice(2), labs);
if (request.kind === 'help') console.log(helpLines(labs[0]?.id ?? '').join('\n'));
else if (request.kind === 'usage') {
  console.error(`${request.message}\nPrueba:  npm run -s grabar ${request.fix}`);
  process.exitCode = 2;
} else {
  const places: RecordTarget[] = request.where ? [request.where] : (await runningTaller(cacheDir)) ? ['maqueta', 'taller'] : ['maqueta'];
  const act = request.kind === 'record' ? save : compare;
  let same = 0;
  let different = 0;
  try {
    for (const entry of request.labs) for (const place of places) (await act(entry, place)) ? same++ : different++;
    process.exitCode = different === 0 ? 0 : 1;
  } catch (error) {
    console.error(explainError(error));
    different += 1;
    process.exitCode = exitCodeOfError(error);
  }
  console.log(`${same} passed, ${different} failed`);
}

function fileOf(entry: LabEntry, place: RecordTarget): string {
  return `labs/${folderOf(entry)}/recordings/${place}.json`;
}

async function save(entry: LabEntry, place: RecordTarget): Promise<boolean> {
  const recording = await record(entry, place);
  const ended = recording.events.findLast((event) => event.kind === 'labEnded');
  const beyond = place === 'maqueta' ? (await entry.load()).steps.filter(isBeyondMaqueta).length : 0;
  if (ended?.outcome !== 'done' || ended.skipped > beyond) {
    // Una grabación enseña lo que el capítulo afirma: si no pasa, no se guarda.
    console.error(`${recording.terminal.join('\n')}\nNo se guarda: el laboratorio ${entry.id} no pasa entero.`);
    return false;
  }
  if (place === 'maqueta') recording.measured.memoryBytes = process.resourceUsage().maxRSS * 1024;
  const file = fileOf(entry, place);
  await mkdir(path.join(root, path.dirname(file)), { recursive: true });
  await writeAtomic(path.join(root, file), `${JSON.stringify(recording, null, 2)}\n`, randomUUID(), 0o644);
  console.log(`  ✔ ${file}: ${recording.events.length} sucesos, ${recording.commands.length} órdenes, ${ended.passed} de ${ended.total} comprobaciones`);
  return true;
}

async function compare(entry: LabEntry, place: RecordTarget): Promise<boolean> {
  const file = fileOf(entry, place);
  if (!existsSync(path.join(root, file))) {
    console.error(`El laboratorio ${entry.id} no está grabado: falta ${file}.\nPrueba:  npm run -s grabar ${entry.id} ${place}`);
    return false;
  }
  const before = JSON.parse(await readFile(path.join(root, file), 'utf8')) as Recording;
  const differences = compareRecordings(before, await record(entry, place));
  if (differences.length === 0) console.log(`  ✔ ${file}: sale lo mismo`);
  // Todo por el mismo canal: en el registro de CI, las diferencias van debajo de lo que se estaba comparando.
  else console.log([`  ✖ ${file}: lo grabado (-) y lo que sale ahora (+) no cuentan lo mismo.`, ...differences.map((line) => `    ${line}`)].join('\n'));
  if (differences.length > 0) console.log(`    Si el cambio es el que querías:  npm run -s grabar ${entry.id} ${place}`);
  return differences.length === 0;
}

async function record(entry: LabEntry, place: RecordTarget): Promise<Recording> {
  const lab = await entry.load();
  const folder = folderOf(entry);
  const isMaqueta = place === 'maqueta';
  const { target } = await chooseTarget({
    wish: isMaqueta ? { kind: 'maqueta', seed: maquetaSeed } : { kind: 'taller' },
    place: { KUBECONFIG: undefined, home: homedir() },
    tallerCache: cacheDir,
  });
  const suffix = isMaqueta ? maquetaSuffix : spaceSuffix(randomInt);
  console.log(`Grabando el laboratorio ${entry.id} en ${target.title}`);
  try {
    return await recordLab({
      lab,
      target,
      ...(isMaqueta ? { seed: maquetaSeed } : { wait: pause }),
      manifests: { read: (file) => readManifestFile(root, `manifests/${folder}/${file}`), answers: async () => [] },
      content: await contentHash(root, folder),
      suffix,
      signal: stopping.signal,
      now: Date.now,
      versions: { node: process.version },
      machine: { cores: availableParallelism(), memoryBytes: totalmem() },
    });
  } finally {
    if (!isMaqueta) await leaveNothing(target, entry, suffix);
    await target.close();
  }
}

async function leaveNothing(target: Target, { id }: LabEntry, suffix: string): Promise<void> {
  const { leftovers } = await cleanUp(target, { lab: id, signal: new AbortController().signal, only: [`lab-${id}-${suffix}`] });
  for (const { kind, name, why } of leftovers) console.error(`  Queda ${kind} ${name}: ${why}`);
}
