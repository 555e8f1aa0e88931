import type { KubeObject } from './object.ts';

/** Quién cuenta el suceso: `statefulset-controller`, `kubelet` (con su nodo), `default-scheduler`… */
export interface EventSource {
  component: string;
  host?: string;
}

/**
 * Escribe objetos Event como client-go: agrupa los repetidos subiendo `count` y `lastTimestamp`,
 * y los olvida a la hora, como kube-apiserver (`--event-ttl`).
 */
export interface EventRecorder {
  record(about: KubeObject, type: 'Normal' | 'Warning', reason: string, message: string, source: EventSource, fieldPath?: string): void;
}
