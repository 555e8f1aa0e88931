/** Cómo va algo que tarda: compilar, hacer una imagen, esperar a un nodo. Lo dibuja quien llama. */
export interface Progress {
  /** Frase corta y estable mientras dure: «compilar Kubernetes 1.37.1», «imagen node:24.21-alpine». */
  task: string;
  /** En las unidades de la tarea (paquetes, capas, nodos); `done === total` es que acabó. */
  done: number;
  total: number;
  /** Lo que está haciendo ahora mismo. */
  detail?: string;
}

export type OnProgress = (progress: Progress) => void;
