import type { LabEvent } from '../../labs/engine/ports.ts';

/** Una ejecución guardada por `labs/recording/`: los sucesos tal cual y de dónde salieron. */
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
  /** Órdenes kubectl equivalentes. */
  commands: string[];
  events: LabEvent[];
}

export type LabTarget = 'minikube' | 'maqueta' | 'taller' | 'contexto';
