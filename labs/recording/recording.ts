import type { LabEvent, Target } from '../engine/ports.ts';

/** Una ejecución guardada en `labs/NN-slug/recordings/`: los sucesos tal cual y de dónde salieron. */
export interface Recording {
  lab: string;
  target: LabTarget;
  /** Cómo se presentaba el destino: «maqueta (Kubernetes simulado)». */
  targetTitle: string;
  isVirtual: boolean;
  seed?: number;
  /** ISO 8601. */
  recordedAt: string;
  /** `kubernetes`, `node`… → versión. */
  versions: Record<string, string>;
  /** Lo medido al grabar. Lo que falte se enseña como «sin medir». */
  measured: { seconds?: number; memoryBytes?: number; downloadBytes?: number };
  /** Minutos del reloj del destino. */
  targetMinutes: number;
  /** Órdenes kubectl equivalentes. */
  commands: string[];
  /** Lo que salió por una terminal sin reescritura, línea a línea. */
  terminal: string[];
  events: LabEvent[];
}

export type LabTarget = Target['id'];
