/** Un nodo de la maqueta, como lo anunciaría su kubelet. */
export interface NodeOptions {
  name: string;
  /** Núcleos y memoria asignables; por defecto, 2 CPU y 4Gi. */
  cpu?: string;
  memory?: string;
  /** Pods que admite; por defecto, 110. */
  pods?: number;
  labels?: Record<string, string>;
  taints?: { key: string; value?: string; effect: 'NoSchedule' | 'PreferNoSchedule' | 'NoExecute' }[];
}
