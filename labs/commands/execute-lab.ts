import type { ChosenTarget } from '../cluster/choose-target.ts';
import { LabError } from '../engine/lab-error.ts';
import type { LabEvent, Output } from '../engine/ports.ts';
import type { LabOutcome } from '../engine/verdict.ts';
import type { Environment } from '../environment.ts';
import type { LabDefinition } from '../lab.ts';
import type { LabMode } from '../parse.ts';
import { contentHash } from '../progress/content-hash.ts';
import { saveLastCommands } from '../progress/last-commands.ts';
import type { Progress } from '../progress/progress.ts';
import { logCommands } from '../recording/command-log.ts';
import { folderOf } from '../registry.ts';
import { runLab } from '../run-lab.ts';
import { wasAtStep } from '../ui/messages.ts';
import { Interrupted } from './interrupted.ts';

export interface Execution {
  outcome: LabOutcome;
  progress: Progress;
  isWritten: boolean;
  isVirtual: boolean;
  /** Milisegundos de la pared, desde que se empezó a abrir el destino. */
  wallTime: number;
  warnings: string[];
}

/** Una petición en curso puede no enterarse de la señal: pasado esto, no se espera más. */
const grace = 2000;

/** La maqueta siempre es la misma: con un nombre fijo, la misma semilla da la misma historia. */
export const maquetaSuffix = 'maqueta';
export const maquetaSeed = 1;

export interface ExecuteOptions {
  lab: LabDefinition;
  mode: LabMode;
  /** Ya abierto. Al terminar, se cierra. */
  chosen: ChosenTarget;
  output: Output;
  startedAt: number;
}

/** Corre un laboratorio, lo anota y guarda sus órdenes. Lo comparten `lab 04` y `lab todos`. */
export async function executeLab({ lab, mode, chosen, output, startedAt }: ExecuteOptions, environment: Environment): Promise<Execution> {
  const { root, progress, signal } = environment;
  const { target } = chosen;
  const isVirtual = target.clock.isVirtual;
  const folder = folderOf(lab);
  const place: { stepId: string | undefined; namespace: string | undefined } = { stepId: undefined, namespace: undefined };
  const log = logCommands(target);
  const warnings: string[] = [];
  const warn = ({ warning }: { warning?: string }) => {
    if (warning && !warnings.includes(warning)) warnings.push(warning);
  };
  try {
    const content = await contentHash(root, folder);
    // Antes de crear nada: si el programa muere a medias, `limpiar` sabrá que hay que mirar en el clúster.
    // El taller y la maqueta se llevan lo suyo al parar; un minikube o un contexto ajeno, no.
    if (target.id !== 'maqueta' && target.id !== 'taller') warn(await progress.setUsedCluster(lab.id, true));
    const running = runLab({
      lab,
      mode,
      target: log.target,
      output: {
        emit(event) {
          follow(event, place);
          output.emit(event);
        },
      },
      signal,
      manifests: environment.manifestsOf(folder, mode === 'challenge' ? challengeFolder(lab.id) : `manifests/${folder}/reto`),
      suffix: target.id === 'maqueta' ? maquetaSuffix : environment.suffix(),
    });
    const outcome = await orInterrupted(running, environment);
    await saveLastCommands(root, lab.id, { content, targetId: target.id, commands: log.commands() }, environment.suffix());
    const saved = await progress.addAttempt({
      kind: 'attempt',
      at: new Date(environment.now()).toISOString(),
      lab: lab.id,
      mode,
      outcome: outcome.outcome,
      targetId: target.id,
      isVirtual,
      ...(target.id === 'maqueta' ? { seed: maquetaSeed } : {}),
      serverVersion: target.serverVersion,
      namespace: outcome.namespace,
      content,
      passed: outcome.passed,
      total: outcome.total,
      points: outcome.points,
      maxPoints: outcome.maxPoints,
      took: outcome.took,
      steps: outcome.steps.map(({ stepId, title, result, took, points }) => ({ id: stepId, title, result, took, points })),
    });
    warn(saved);
    return { outcome, progress: saved.progress, isWritten: saved.isWritten, isVirtual, wallTime: environment.now() - startedAt, warnings };
  } catch (error) {
    if (error instanceof LabError && error.code === 'ABORTED') throw new Interrupted({ lab: lab.id, ...place, isVirtual });
    if (error instanceof LabError && error.code === 'LOST' && place.stepId !== undefined) throw withPlace(error, place.stepId);
    throw error;
  } finally {
    await Promise.race([target.close().catch(() => undefined), environment.pause(grace)]);
  }
}

const withPlace = (error: LabError, stepId: string) =>
  new LabError(`${error.message} ${wasAtStep(stepId)}`, { code: error.code, cause: error, ...(error.fix === undefined ? {} : { fix: error.fix }) });

/** Carpeta de quien aprende, fuera de git. */
export const challengeFolder = (lab: string) => `retos/${lab}`;

function follow(event: LabEvent, place: { stepId: string | undefined; namespace: string | undefined }): void {
  if (event.kind === 'labStarted') place.namespace = event.namespace;
  if (event.kind === 'stepStarted') place.stepId = event.stepId;
}

function orInterrupted<T>(running: Promise<T>, { signal, pause }: Environment): Promise<T> {
  // Puede acabar después de que nos hayamos ido: ya no le importa a nadie.
  running.catch(() => undefined);
  const interrupted = new Promise<never>((_, reject) => {
    const stop = () => void pause(grace).then(() => reject(new LabError('Interrumpido', { code: 'ABORTED' })));
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  return Promise.race([running, interrupted]);
}
