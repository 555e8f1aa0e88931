import type { StepFailure, StepResult } from './ports.ts';

export interface StepOutcome {
  stepId: string;
  title: string;
  result: StepResult;
  /** Milisegundos del reloj del destino. */
  took: number;
  points: number;
  failure?: StepFailure;
  /** Lo que falta en el destino, si el paso se saltó. */
  needs?: string;
}

export interface LabOutcome {
  lab: string;
  mode: 'demo' | 'challenge';
  outcome: 'done' | 'notYet';
  namespace: string;
  steps: readonly StepOutcome[];
  passed: number;
  /** Pasos del laboratorio, también los que no llegaron a correr. */
  total: number;
  skipped: number;
  points: number;
  maxPoints: number;
  took: number;
}

/** Hecho si ningún paso falló y alguno pasó: saltárselos todos no demuestra nada. */
export function judge(
  { lab, mode, namespace, took }: Pick<LabOutcome, 'lab' | 'mode' | 'namespace' | 'took'>,
  declared: readonly { points: number }[],
  steps: readonly StepOutcome[],
): LabOutcome {
  const count = (result: StepResult) => steps.filter((step) => step.result === result).length;
  const passed = count('ok');
  const skipped = count('skipped');
  return {
    lab,
    mode,
    namespace,
    took,
    steps,
    passed,
    skipped,
    total: declared.length,
    outcome: passed > 0 && passed + skipped === declared.length ? 'done' : 'notYet',
    points: steps.reduce((sum, step) => sum + (step.result === 'ok' ? step.points : 0), 0),
    maxPoints: declared.reduce((sum, step) => sum + step.points, 0),
  };
}
