import { labProgress, type Mode, type Progress, stateOf } from './progress.ts';

export interface ReportLab {
  id: string;
  slug: string;
  title: string;
  content: string;
}

/** El informe de una persona. No lleva tokens, kubeconfig ni direcciones: el destino es una clase, no un sitio. */
export interface Report {
  version: 1;
  name?: string;
  /** ISO 8601. */
  at: string;
  node: string;
  done: number;
  total: number;
  points: number;
  maxPoints: number;
  attempts: number;
  hints: number;
  labs: readonly LabReport[];
}

export interface LabReport {
  id: string;
  title: string;
  state: ReturnType<typeof stateOf>;
  /** Huella del laboratorio al hacer el informe. */
  content: string;
  hints: number;
  modes: readonly ModeReport[];
}

export interface ModeReport {
  mode: Mode;
  attempts: number;
  isDone: boolean;
  /** Lo hecho es de este laboratorio tal como está hoy. */
  isCurrent: boolean;
  points: number;
  maxPoints: number;
  at: string;
  target: string;
  isVirtual: boolean;
  seed?: number;
  kubernetes: string;
  took: number;
  steps: readonly { id: string; title: string; result: string; took: number; points: number }[];
}

export function createReport(progress: Progress, labs: readonly ReportLab[], about: { at: string; node: string; name?: string }): Report {
  const reports = labs.map((lab) => labReport(progress, lab));
  const modes = reports.flatMap((lab) => lab.modes);
  const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
  return {
    version: 1,
    ...(about.name === undefined ? {} : { name: about.name }),
    at: about.at,
    node: about.node,
    done: reports.filter((lab) => lab.state === 'done').length,
    total: reports.length,
    points: sum(modes.map((mode) => mode.points)),
    maxPoints: sum(modes.map((mode) => mode.maxPoints)),
    attempts: sum(modes.map((mode) => mode.attempts)),
    hints: sum(reports.map((lab) => lab.hints)),
    labs: reports,
  };
}

function labReport(progress: Progress, { id, title, content }: ReportLab): LabReport {
  const lab = labProgress(progress, id);
  const modes = (['demo', 'challenge'] as const).flatMap((mode): ModeReport[] => {
    const found = lab[mode];
    if (!found) return [];
    // Cuenta lo conseguido, aunque después se haya probado otra cosa.
    const best = found.done ?? found.last;
    return [
      {
        mode,
        attempts: found.attempts,
        isDone: found.done !== undefined,
        isCurrent: best.content === content,
        points: best.points,
        maxPoints: best.maxPoints,
        at: best.at,
        target: best.targetId,
        isVirtual: best.isVirtual,
        ...(best.seed === undefined ? {} : { seed: best.seed }),
        kubernetes: best.serverVersion,
        took: best.took,
        steps: best.steps,
      },
    ];
  });
  return { id, title, state: stateOf(lab, content), content, hints: Object.values(lab.hints).reduce((total, count) => total + count, 0), modes };
}
