import type { StepResult, Target } from '../engine/ports.ts';

/**
 * Lo que se recuerda de quien aprende, en `.bitacora/progreso.json`:
 *
 *     { "version": 1, "labs": { "04": { "demo": { "attempts": 3, "last": {…}, "done": {…} }, "hints": { "demo/imagen": 1 } } } }
 *
 * Ni tokens ni direcciones: el destino se recuerda por su clase, nunca por su dirección.
 */
export interface Progress {
  version: 1;
  labs: Readonly<Record<string, LabProgress>>;
}

export type Mode = 'demo' | 'challenge';

export interface LabProgress {
  demo?: ModeProgress;
  challenge?: ModeProgress;
  lastMode?: Mode;
  /** `modo/paso` → pistas vistas. */
  hints: Readonly<Record<string, number>>;
  /** Se ha empezado en un clúster de verdad: allí puede quedar algo, también si el programa murió a medias. */
  usedCluster?: boolean;
}

export interface ModeProgress {
  attempts: number;
  last: Attempt;
  /** El último intento con todo hecho. Si su `content` no es el de ahora, hay que repetir. */
  done?: Attempt;
}

/** Un intento, tal como queda en `intentos.jsonl`. */
export interface Attempt {
  kind: 'attempt';
  /** ISO 8601, reloj de la pared. */
  at: string;
  lab: string;
  mode: Mode;
  outcome: 'done' | 'notYet';
  targetId: Target['id'];
  isVirtual: boolean;
  /** La de la maqueta. */
  seed?: number;
  serverVersion: string;
  namespace: string;
  /** Hash del laboratorio y sus manifiestos. */
  content: string;
  passed: number;
  total: number;
  points: number;
  maxPoints: number;
  /** Milisegundos del reloj del destino. */
  took: number;
  steps: readonly { id: string; title: string; result: StepResult; took: number; points: number }[];
}

export interface HintTaken {
  kind: 'hint';
  at: string;
  lab: string;
  mode: Mode;
  step: string;
  hint: number;
}

export const emptyProgress: Progress = { version: 1, labs: {} };

export const labProgress = (progress: Progress, lab: string): LabProgress => progress.labs[lab] ?? { hints: {} };

export function withAttempt(progress: Progress, attempt: Attempt): Progress {
  const before = labProgress(progress, attempt.lab);
  const { attempts = 0, done } = before[attempt.mode] ?? {};
  const latestDone = attempt.outcome === 'done' ? attempt : done;
  const mode: ModeProgress = { attempts: attempts + 1, last: attempt, ...(latestDone ? { done: latestDone } : {}) };
  return withLab(progress, attempt.lab, { ...before, [attempt.mode]: mode, lastMode: attempt.mode });
}

export const hintKey = (mode: Mode, step: string) => `${mode}/${step}`;

export function withHint(progress: Progress, { lab, mode, step, hint }: Omit<HintTaken, 'kind' | 'at'>): Progress {
  const before = labProgress(progress, lab);
  return withLab(progress, lab, { ...before, hints: { ...before.hints, [hintKey(mode, step)]: hint } });
}

export const withCluster = (progress: Progress, lab: string, usedCluster: boolean): Progress =>
  withLab(progress, lab, { ...labProgress(progress, lab), usedCluster });

const withLab = (progress: Progress, lab: string, value: LabProgress): Progress => ({ ...progress, labs: { ...progress.labs, [lab]: value } });

export type LabState = 'done' | 'changed' | 'current' | 'pending';

/** Dónde vas con un laboratorio. Cuenta la demostración; el reto se dice aparte. */
export function stateOf(lab: LabProgress, content: string): LabState {
  if (lab.demo?.done) return lab.demo.done.content === content ? 'done' : 'changed';
  return lab.demo || lab.challenge ? 'current' : 'pending';
}

/** Lo escrito puede venir de otra versión o de un editor: solo vale si tiene la forma de la nuestra. */
export function readProgress(value: unknown): Progress | undefined {
  if (!isRecord(value) || value.version !== 1 || !isRecord(value.labs)) return undefined;
  const isMode = (mode: unknown) =>
    mode === undefined || (isRecord(mode) && typeof mode.attempts === 'number' && isAttempt(mode.last) && (mode.done === undefined || isAttempt(mode.done)));
  const isSound = Object.values(value.labs).every((lab) => isRecord(lab) && isRecord(lab.hints) && isMode(lab.demo) && isMode(lab.challenge));
  return isSound ? (value as unknown as Progress) : undefined;
}

export const isAttempt = (value: unknown): value is Attempt =>
  isRecord(value) && value.kind === 'attempt' && typeof value.lab === 'string' && typeof value.content === 'string' && Array.isArray(value.steps);

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);
