import { mkdir, readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { LabError } from '../engine/lab-error.ts';
import type { OnProgress } from '../taller/progress.ts';
import { battery, shortName } from './battery.ts';
import { exactly, type LaunchOptions, type Programs } from './launch.ts';
import { taskOf } from './lines.ts';
import { oneLine } from './one-line.ts';
import type { TestCluster } from './open-cluster.ts';
import type { ConformanceRun, ConformanceTarget, TestResult } from './result.ts';
import { type Lane, longestFirst, runAll } from './run-all.ts';
import { plannedTests, resultOf } from './spec-report.ts';

export interface ConformanceOptions {
  target: ConformanceTarget;
  programs: Programs;
  lane: Lane;
  /** Segundos de cada prueba la última vez. */
  usual: ReadonlyMap<string, number>;
  /** Donde quedan los informes y lo que dijo cada prueba. */
  workFolder: string;
  /** El clúster de una prueba; `file`, donde puede dejar su kubeconfig. */
  open(file: string): Promise<TestCluster>;
  launch(options: LaunchOptions): Promise<void>;
  onProgress: OnProgress;
  /** Cada prueba que acaba. */
  onTest(result: TestResult, done: number, total: number): void;
  now(): number;
  signal: AbortSignal;
}

/**
 * Pasa la batería de Kubernetes, sin modificar, prueba a prueba. Que una no pase no es un error: está en el resultado.
 * @throws {LabError} `ENVIRONMENT`: falta algo para correrla. `ABORTED`: Ctrl-C; no queda nada en marcha.
 */
export async function runConformance(options: ConformanceOptions): Promise<ConformanceRun> {
  const { target, lane, usual, workFolder, onProgress, onTest, now, signal } = options;
  const start = now();
  await rm(workFolder, { recursive: true, force: true });
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  const names = longestFirst(await listTests(options), usual);
  const deadline = start + lane.whole * 1000;
  const running = new Map<string, string>();
  let done = 0;
  const tell = () => {
    const [[name, step] = ['', '']] = [...running].slice(-1);
    onProgress({ task: taskOf(target), done, total: names.length, ...(name ? { detail: `${shortName(name)} · ${step}` } : {}) });
  };
  tell();
  const tests = await runAll(names, lane, async (name, index) => {
    signal.throwIfAborted();
    const onStep = (step: string) => {
      running.set(name, step);
      tell();
    };
    onStep('empieza');
    const left = Math.floor((deadline - now()) / 1000);
    const result = left < 1 ? outOfTime(name, lane) : await runOne(name, index, Math.min(lane.perTest, left), options, onStep);
    running.delete(name);
    done += 1;
    if (!signal.aborted) onTest(result, done, names.length);
    tell();
    return result;
  }).catch((error: unknown) => {
    throw signal.aborted ? aborted(error) : error;
  });
  if (signal.aborted) throw aborted();
  return { target, ...battery, at: new Date(start).toISOString(), seconds: Math.round((now() - start) / 1000), tests };
}

async function runOne(name: string, index: number, allowed: number, options: ConformanceOptions, onStep: (step: string) => void): Promise<TestResult> {
  const { programs, workFolder, open, launch, signal } = options;
  const at = (ending: string) => path.join(workFolder, `${String(index + 1).padStart(2, '0')}${ending}`);
  const cluster = await open(at('.kubeconfig'));
  try {
    await launch({ programs, kubeconfig: cluster.kubeconfig, focus: exactly(name), report: at('.json'), log: at('.log'), allowed, onStep, signal });
  } finally {
    await cluster.close();
  }
  const report = await readFile(at('.json'), 'utf8').catch(() => '[]');
  const result = resultOf(name, report, allowed) ?? { name, passes: false, why: 'Acabó sin dejar informe.', seconds: 0 };
  const fault = cluster.fault();
  // Si el clúster se ha roto por dentro no pasa, diga lo que diga la prueba.
  return fault === undefined ? result : { ...result, passes: false, why: `La maqueta falla: ${oneLine(String(fault))}` };
}

const aborted = (cause?: unknown) => new LabError('Interrumpido. No queda ninguna prueba en marcha.', { code: 'ABORTED', cause });

const outOfTime = (name: string, { whole }: Lane): TestResult => ({
  name,
  passes: false,
  why: `La pasada entera no acaba en ${Math.round(whole / 60)} min y no le llegó el turno.`,
  seconds: 0,
});

/** Las pruebas del filtro, preguntadas a la propia batería con un ensayo: no toca ningún clúster. */
async function listTests({ programs, workFolder, launch, signal }: ConformanceOptions): Promise<string[]> {
  const report = path.join(workFolder, 'ensayo.json');
  const log = path.join(workFolder, 'ensayo.log');
  await launch({ programs, kubeconfig: path.join(workFolder, 'ninguno'), focus: battery.focus, report, log, allowed: 60, isRehearsal: true, signal });
  if (signal.aborted) throw aborted();
  const names = plannedTests(await readFile(report, 'utf8').catch(() => '[]'));
  if (names.length === 0) throw new LabError('La batería de conformidad no ha dicho qué pruebas tiene.', { code: 'ENVIRONMENT', where: log });
  return names.sort();
}
