import type { LabEvent, Target, TargetImage } from '../engine/ports.ts';

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
  /** Huella del laboratorio que se grabó: sus pasos y sus manifiestos. */
  content: string;
  /** Lo que corrió de verdad por cada imagen, si no fueron las oficiales. */
  images?: TargetImage[];
  /** `kubernetes`, `node`… → versión. */
  versions: Record<string, string>;
  /**
   * Lo medido al grabar. Lo que falte se enseña como «sin medir». `memoryBytes`: en la maqueta, el proceso entero; en un
   * clúster, lo más que llegaron a ocupar a la vez los Pods del laboratorio. `imageBytes`: las imágenes que usó, sin comprimir.
   */
  measured: { seconds?: number; memoryBytes?: number; imageBytes?: number };
  /** Dónde se midió: núcleos y memoria de la máquina. */
  machine?: { cores: number; memoryBytes: number };
  /** Minutos del reloj del destino. */
  targetMinutes: number;
  /** Órdenes kubectl equivalentes. */
  commands: string[];
  /** De cada paso, cuántas órdenes se habían dado ya cuando empezó. */
  commandsFrom?: Record<string, number>;
  /** Lo que salió por una terminal sin reescritura, línea a línea. */
  terminal: string[];
  events: LabEvent[];
}

export type LabTarget = Target['id'];
