import { randomUUID } from 'node:crypto';
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../engine/lab-error.ts';
import { writeAtomic } from '../progress/write-atomic.ts';
import { ensureBinaries } from '../taller/build/ensure-binaries.ts';
import { createKubectl } from '../taller/cluster/kubectl.ts';
import { say, type TallerContext } from '../taller/commands/context.ts';
import { runDown } from '../taller/commands/down.ts';
import { withTaller } from '../taller/exclusive.ts';
import { raiseTaller } from '../taller/raise-taller.ts';
import { judge } from './judge.ts';
import { toJUnit } from './junit.ts';
import { lanes } from './lanes.ts';
import { launch } from './launch.ts';
import { endingLine, testLines } from './lines.ts';
import { openMaqueta, openShared, type TestCluster } from './open-cluster.ts';
import { type ConformanceRun, type ConformanceTarget, resultsFile, toText } from './result.ts';
import { runConformance } from './run-conformance.ts';
import { deleteLeftNamespaces } from './run-namespaces.ts';

/**
 * `npm run taller conformidad [maqueta]`: pasa la batería, la compara con el resultado guardado, que enseña el sitio, y deja un JUnit.
 * @throws {LabError} `BROKEN` si en el taller falla alguna, o si lo guardado ya no es verdad.
 */
export async function runConformanceCommand(context: TallerContext, target: ConformanceTarget): Promise<void> {
  const saved = await readSaved(context, target);
  const run = target === 'taller' ? await againstTaller(context, saved) : await pass(context, target, saved, openMaqueta);
  await keep(context, run, saved);
}

/** Si no había taller, lo levanta y al acabar lo para: queda como estaba. */
async function againstTaller(context: TallerContext, saved: ConformanceRun | undefined): Promise<ConformanceRun> {
  const { cacheDir } = context;
  const { state, times } = await raiseTaller(context, { isComplete: true });
  try {
    // Mientras dura, nadie apaga nodos ni lo para: fallarían las pruebas y no se sabría por qué.
    return await withTaller(cacheDir, async () => {
      try {
        return await pass(context, 'taller', saved, async () => openShared(state.kubeconfig));
      } finally {
        // Sin la señal de Ctrl-C: limpiar es lo que queda por hacer después de ella.
        await deleteLeftNamespaces(workFolderOf(context, 'taller'), createKubectl(cacheDir, state.binFolder)).catch(() =>
          say(context, 'El taller no contesta: no se ha podido comprobar que la batería no deje espacios de nombres.'),
        );
      }
    });
  } finally {
    if (times) await runDown(context);
  }
}

async function pass(
  context: TallerContext,
  target: ConformanceTarget,
  saved: ConformanceRun | undefined,
  open: (file: string) => Promise<TestCluster>,
): Promise<ConformanceRun> {
  const { cacheDir, progress, screen, signal } = context;
  const { folder } = await ensureBinaries({ cacheDir, groups: ['cluster', 'conformance'], onProgress: progress.onProgress, signal });
  return runConformance({
    target,
    programs: { battery: path.join(folder, 'e2e.test'), kubectl: path.join(folder, 'kubectl') },
    lane: lanes[target],
    usual: new Map(saved?.tests.map(({ name, seconds }) => [name, seconds])),
    workFolder: workFolderOf(context, target),
    open,
    launch,
    signal,
    now: Date.now,
    onProgress: progress.onProgress,
    onTest: (result, done, total) => say(context, ...testLines(result, { done, total, glyphs: screen.glyphs })),
  });
}

async function keep(context: TallerContext, run: ConformanceRun, saved: ConformanceRun | undefined): Promise<void> {
  const { root, env } = context;
  const file = resultsFile(run.target);
  const junit = path.join('.bitacora', 'conformidad', `${run.target}.xml`);
  await writeAtomic(path.join(root, junit), toJUnit(run), randomUUID(), 0o644);
  const { lines, isSaved, error } = judge(run, saved, {
    isCi: Boolean(env.CI) && env.CI !== 'false',
  });
  if (isSaved) {
    await mkdir(path.join(root, path.dirname(file)), { recursive: true });
    await writeAtomic(path.join(root, file), toText(run), randomUUID(), 0o644);
  }
  say(context, '', endingLine(run), ...lines, `Guardado: ${[...(isSaved ? [file] : []), junit].join(' · ')}`);
  if (error) throw new LabError(error.message, { code: 'BROKEN', where: path.join('.bitacora', 'conformidad', run.target), fix: error.fix });
}

/** Lo que se guardó la última vez, si se guardó. */
async function readSaved({ root }: TallerContext, target: ConformanceTarget): Promise<ConformanceRun | undefined> {
  const text = await readFile(path.join(root, resultsFile(target)), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as ConformanceRun);
}

const workFolderOf = ({ root }: TallerContext, target: ConformanceTarget): string => path.join(root, '.bitacora', 'conformidad', target);
