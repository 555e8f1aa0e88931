import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { isBeyondMaqueta } from '../../beyond-maqueta.ts';
import { chooseTarget } from '../../cluster/choose-target.ts';
import { runningTaller } from '../../cluster/taller-target.ts';
import { maquetaSeed } from '../../commands/execute-lab.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { writeAtomic } from '../../progress/write-atomic.ts';
import type { Recording } from '../../recording/recording.ts';
import { type LabEntry, labs } from '../../registry.ts';
import { tallerCache } from '../../taller/cache.ts';
import { explainError } from '../explain-error.ts';
import { helpLines } from './help.ts';
import { parseWords, type RecordTarget } from './parse-words.ts';
import { compareWithSaved, recordIn, recordingFile, savedRecording } from './record-in.ts';

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
  const file = recordingFile(entry, place);
  await mkdir(path.join(root, path.dirname(file)), { recursive: true });
  await writeAtomic(path.join(root, file), `${JSON.stringify(recording, null, 2)}\n`, randomUUID(), 0o644);
  console.log(`  ✔ ${file}: ${recording.events.length} sucesos, ${recording.commands.length} órdenes, ${ended.passed} de ${ended.total} comprobaciones`);
  return true;
}

async function compare(entry: LabEntry, place: RecordTarget): Promise<boolean> {
  const file = recordingFile(entry, place);
  if (!(await savedRecording(entry, place))) {
    console.error(`El laboratorio ${entry.id} no está grabado: falta ${file}.\nPrueba:  npm run -s grabar ${entry.id} ${place}`);
    return false;
  }
  const differences = await compareWithSaved(entry, await record(entry, place));
  // Todo por el mismo canal: en el registro de CI, las diferencias van debajo de lo que se estaba comparando.
  console.log(differences.length === 0 ? `  ✔ ${file}: sale lo mismo` : `  ✖ ${differences.join('\n  ')}`);
  return differences.length === 0;
}

async function record(entry: LabEntry, place: RecordTarget): Promise<Recording> {
  const { target } = await chooseTarget({
    wish: place === 'maqueta' ? { kind: 'maqueta', seed: maquetaSeed } : { kind: 'taller' },
    place: { KUBECONFIG: undefined, home: homedir() },
    tallerCache: cacheDir,
  });
  console.log(`Grabando el laboratorio ${entry.id} en ${target.title}`);
  try {
    return await recordIn(target, entry, stopping.signal);
  } finally {
    await target.close();
  }
}
