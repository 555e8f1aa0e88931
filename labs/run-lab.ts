import { judgeAll, storeAll } from './apply-all.ts';
import { checkNeeds } from './check-needs.ts';
import { isReady } from './engine/checks.ts';
import { LabError } from './engine/lab-error.ts';
import type { KubeObject, ManifestDocument, Output, StepResult, Target } from './engine/ports.ts';
import { openTimeline, type RunningTimeline } from './engine/timeline.ts';
import { judge, type LabOutcome, type StepOutcome } from './engine/verdict.ts';
import { consistently, eventually, explainMismatch, type WaitWorld } from './engine/wait.ts';
import { explainFailure } from './explain-failure.ts';
import { keepNodesOn } from './keep-nodes-on.ts';
import type { LabDefinition, Step, StepContext } from './lab.ts';
import { createLabCluster, type ManifestSource } from './lab-cluster.ts';
import { missingFor, shortagesOf } from './missing-needs.ts';
import { type OwnedProbe, startProbe } from './start-probe.ts';

// Vive fuera de engine/ porque conoce lab.ts, y engine no conoce a nadie.

export interface RunLabOptions {
  lab: LabDefinition;
  mode: 'demo' | 'challenge';
  target: Target;
  output: Output;
  signal: AbortSignal;
  manifests: ManifestSource;
  /** Final del nombre del espacio: cuatro letras o cifras. El azar lo pone quien llama. */
  suffix: string;
}

/**
 * Corre un laboratorio en un espacio de nombres nuevo y lo va contando por `output`.
 * La demostración se para en el primer paso que no pasa; el reto los corre todos.
 * @throws {LabError} `ENVIRONMENT` si al destino le falta lo que el laboratorio entero necesita, `MANIFEST` si lo escrito
 *   por quien aprende no se puede aplicar, `LOST` si el destino desaparece a mitad, `ABORTED` con Ctrl-C. Un fallo nuestro sale tal cual, con su traza.
 */
export async function runLab({ lab, mode, target, output, signal, manifests, suffix }: RunLabOptions): Promise<LabOutcome> {
  const { clock, cluster, actions } = target;
  const start = clock.now();
  const now = () => clock.now() - start;
  const namespace = `lab-${lab.id}-${suffix}`;
  const steps = mode === 'demo' ? lab.steps : lab.challenge.steps;
  const title = mode === 'demo' ? lab.title : lab.challenge.title;
  output.emit({
    at: now(),
    kind: 'labStarted',
    lab: lab.id,
    title,
    mode,
    target: target.title,
    targetId: target.id,
    serverVersion: target.serverVersion,
    namespace,
    isVirtual: clock.isVirtual,
    steps: steps.map(({ id, title, points }) => ({ id, title, points })),
  });

  const nodes = await checkNeeds(lab, steps, target);
  const shortages = await shortagesOf(lab.id, steps, nodes, target);
  if (shortages.length > 0) output.emit({ at: now(), kind: 'labLimited', lab: lab.id, shortages });
  // Lo que se puede juzgar sin clúster se juzga antes de crear nada en él.
  const documents =
    mode === 'challenge' ? [...(await Promise.all(lab.challenge.given.map((file) => manifests.read(file)))).flat(), ...(await manifests.answers())] : [];
  const space = await actions.createNamespace(namespace, { 'bitacora.lab': lab.id });
  if (documents.length > 0) await applyChallenge(target, documents, namespace, space);

  const kept = keepNodesOn(target);
  const outcomes: StepOutcome[] = [];
  let isLost = false;
  try {
    for (const step of steps) {
      const outcome = await runStep(step);
      outcomes.push(outcome);
      output.emit({ at: now(), kind: 'stepEnded', lab: lab.id, ...outcome });
      if (mode === 'demo' && outcome.result !== 'ok' && outcome.result !== 'skipped') break;
    }
  } catch (error) {
    isLost = error instanceof LabError && error.code === 'LOST';
    throw error;
  } finally {
    // De un destino que ya no está no hay nodo que encender, y decirlo taparía lo que ha pasado.
    if (!isLost) await kept.restore(outcomes.length === steps.length && outcomes.every(({ result }) => result === 'ok' || result === 'skipped'));
  }
  const verdict = judge({ lab: lab.id, mode, namespace, took: now() }, steps, outcomes);
  const { outcome, passed, total, skipped, points, maxPoints, took } = verdict;
  output.emit({ at: now(), kind: 'labEnded', lab: lab.id, outcome, passed, total, skipped, points, maxPoints, took, namespace });
  return verdict;

  async function runStep(step: Step): Promise<StepOutcome> {
    const began = now();
    const about = { stepId: step.id, title: step.title, points: step.points };
    output.emit({ at: began, kind: 'stepStarted', lab: lab.id, stepId: step.id, title: step.title });
    const missing = await missingFor(step, nodes, target);
    if (missing) return { ...about, result: 'skipped', took: 0, needs: missing };
    const timelines: RunningTimeline[] = [];
    const probes: OwnedProbe[] = [];
    try {
      await step.run(contextFor(step, timelines, probes));
      return { ...about, result: 'ok', took: now() - began };
    } catch (error) {
      if (!(error instanceof LabError) || ['ABORTED', 'USAGE', 'LOST'].includes(error.code)) throw error;
      // Sin sucesos se entiende igual: el tiempo del paso no incluye recogerlos.
      const took = now() - began;
      return { ...about, result: resultOf(error), took, failure: await explainFailure(error, target, namespace) };
    } finally {
      for (const probe of probes) await probe.abandon();
      for (const timeline of timelines) timeline.stop();
      await Promise.all(timelines.map((timeline) => timeline.closed));
    }
  }

  function contextFor(step: Step, timelines: RunningTimeline[], probes: OwnedProbe[]): StepContext {
    const world: WaitWorld = {
      clock,
      signal,
      onWaiting: (waiting) => output.emit({ at: now(), kind: 'stepWaiting', lab: lab.id, stepId: step.id, ...waiting }),
    };
    return {
      cluster: createLabCluster({ ...target, actions: kept.actions }, namespace, manifests),
      now,
      async timeline(query) {
        const timeline = await openTimeline({ ...query, namespace }, { cluster, clock, start, signal });
        timelines.push(timeline);
        return timeline;
      },
      eventually: (read, check, options) => eventually(read, check, options, world),
      consistently: (read, check, options) => consistently(read, check, options, world),
      expect(value, check) {
        const result = check.test(value);
        if (result.ok) return;
        throw new LabError(`No se cumple: ${check.describe}; ${explainMismatch(result.mismatch)}.`, {
          code: result.cannotHeal ? 'STOPPED' : 'NOT_YET',
          mismatch: result.mismatch,
        });
      },
      async probe(title, options) {
        const probe = await startProbe(title, options, {
          turn: probes.length + 1,
          cluster: createLabCluster({ ...target, actions: kept.actions }, namespace, manifests),
          ready: (read) => eventually(read, isReady(), { within: '3m' }, world),
          onMeasured: (result) => output.emit({ at: now(), kind: 'stepMeasured', lab: lab.id, stepId: step.id, title, result }),
        });
        probes.push(probe);
        return probe;
      },
      // La maqueta pesa: se carga cuando un paso la pide.
      async month(options) {
        const { runMonth } = await import('./sonda/month.ts');
        // Un turno para los demás entre mes y mes: un servidor que no atiende en varios segundos parece caído.
        await new Promise((turn) => setTimeout(turn));
        return runMonth(options);
      },
      note: (text) => output.emit({ at: now(), kind: 'stepNote', lab: lab.id, stepId: step.id, text }),
    };
  }
}

const resultOf = ({ code }: LabError): StepResult => (code === 'NOT_YET' ? 'notYet' : code === 'BROKEN' ? 'broken' : 'stopped');

/** Si el servidor rechaza algo, el espacio vacío no se deja atrás: se corrige y se repite en otro. */
async function applyChallenge({ actions }: Target, documents: readonly ManifestDocument[], namespace: string, space: KubeObject): Promise<void> {
  try {
    await judgeAll(actions, documents, namespace);
  } catch (error) {
    await actions.delete(space).catch(() => undefined);
    throw error;
  }
  await storeAll(actions, documents, namespace);
}
