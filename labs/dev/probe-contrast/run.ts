import { randomUUID } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { openTallerTarget } from '../../cluster/taller-target.ts';
import { LabError } from '../../engine/lab-error.ts';
import type { Target } from '../../engine/ports.ts';
import { exitCodeOfError } from '../../exit-code.ts';
import { writeAtomic } from '../../progress/write-atomic.ts';
import { judgeContrast, type Verdict } from '../../sonda/contrast/judge.ts';
import type { ContrastRecording } from '../../sonda/contrast/recording.ts';
import { judgeRelay } from '../../sonda/judge-relay.ts';
import type { ProbeRecording } from '../../sonda/probe-recording.ts';
import { tallerCache } from '../../taller/cache.ts';
import { loadImages } from '../../taller/images/declared-images.ts';
import { measureContrast } from './contrast.ts';
import { measureRelay } from './relay.ts';
import { insideSpace } from './space.ts';
import { withSteadyNodes } from './steady-nodes.ts';
import { tableLines } from './table-lines.ts';

// node labs/dev/probe-contrast/run.ts [relevo | contraste] [comprobar] [paciente]
// Mide en el taller con la sonda y con fortio, juzga lo medido y lo guarda para la página. Con «comprobar» no guarda;
// con «paciente», en una máquina ocupada, repite lo que haga falta hasta que las medidas valgan.

const root = path.join(import.meta.dirname, '../../..');
const parts = ['relevo', 'contraste'] as const;
const words = process.argv.slice(2);
const ways = ['comprobar', 'paciente'];
/** Repetir alguna medida cabe en los tres minutos que esto tarda; más, ya no. */
const mostSpoiled = words.includes('paciente') ? 200 : 8;
const unknown = words.find((word) => ![...parts, ...ways].includes(word));
const chosen = parts.filter((part) => words.includes(part) || !parts.some((one) => words.includes(one)));
const isSaving = !words.includes('comprobar');
const stopping = new AbortController();
process.once('SIGINT', () => stopping.abort());
process.once('SIGTERM', () => stopping.abort());

let passed = 0;
let failed = 0;
if (unknown === undefined) {
  try {
    await main();
    process.exitCode = failed === 0 ? 0 : 1;
  } catch (error) {
    console.error(error instanceof LabError ? `${error.message}${error.fix ? `\nPrueba:  ${error.fix}` : ''}` : error);
    failed += 1;
    process.exitCode = exitCodeOfError(error);
  }
  console.log(`${passed} passed, ${failed} failed`);
} else {
  console.error(`No conozco «${unknown}». Las palabras son: ${[...parts, ...ways].join(', ')}.`);
  process.exitCode = 2;
}

async function main(): Promise<void> {
  const target = await openTallerTarget(tallerCache(process.env));
  try {
    // Antes de medir nada: que falte se sabe ya.
    const image = chosen.includes('contraste') ? fortioImage(target) : '';
    console.log(`Midiendo en ${target.title}`);
    await insideSpace(target, stopping.signal, async (space) => {
      const about = { recordedAt: new Date().toISOString(), target: target.title, kubernetes: target.serverVersion };
      if (chosen.includes('relevo')) {
        const recording: ProbeRecording = {
          title: 'Reiniciar, borrar y matar, con tres réplicas detrás de un Service',
          ...about,
          result: await withSteadyNodes(target, () => measureRelay(space)),
        };
        await keep('labs/sonda/recordings/relevo.json', recording, judgeRelay(recording.result));
      }
      if (chosen.includes('contraste')) {
        const measured = await measureContrast(space, { image, mostSpoiled, onRun: (text) => console.log(`    ${text}`) });
        const recording: ContrastRecording = { ...about, tool: `fortio ${image.split(':').at(-1)}`, ...measured };
        for (const line of tableLines(recording)) console.log(`  ${line}`);
        await keep('labs/sonda/contrast/contrast.json', recording, judgeContrast(recording));
      }
    });
  } finally {
    await target.close();
  }
}

/** Cuenta lo juzgado, y lo guarda si todo se cumple: la página no enseña una medida que no vale. */
async function keep(file: string, recording: object, verdicts: readonly Verdict[]): Promise<void> {
  for (const { title, problem } of verdicts) {
    if (problem === undefined) passed += 1;
    else failed += 1;
    console.log(`  ${problem === undefined ? '✔' : '✖'} ${title}${problem === undefined ? '' : `\n      ${problem}`}`);
  }
  if (!isSaving || verdicts.some(({ problem }) => problem !== undefined)) return;
  await mkdir(path.join(root, path.dirname(file)), { recursive: true });
  await writeAtomic(path.join(root, file), `${JSON.stringify(recording, null, 2)}\n`, randomUUID(), 0o644);
  console.log(`  Guardado en ${file}`);
}

/** La de fortio no la llevan los laboratorios: solo está en un taller completo. */
function fortioImage({ images = [] }: Target): string {
  const wanted = loadImages.find((name) => name.startsWith('fortio/'));
  if (wanted && images.some(({ name }) => name === wanted)) return wanted;
  throw new LabError(`Este taller no tiene la imagen ${wanted}, con la que se contrasta la sonda.`, {
    code: 'ENVIRONMENT',
    fix: 'npm run taller parar && npm run taller completo',
  });
}
