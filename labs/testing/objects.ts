import type { KubeObject } from '../engine/ports.ts';

/** Un Pod con lo justo para una prueba. */
export function podNamed(
  name: string,
  { uid = `uid-${name}`, isReady = false, phase = 'Running', ...more }: { uid?: string; isReady?: boolean; phase?: string; [field: string]: unknown } = {},
): KubeObject {
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace: 'lab-04-prueba', uid, resourceVersion: '1', creationTimestamp: '2026-11-20T09:00:00Z' },
    spec: { containers: [{ name: 'app', image: 'node:22.23-alpine' }] },
    status: { phase, conditions: [{ type: 'Ready', status: isReady ? 'True' : 'False' }] },
    ...more,
  };
}
