import { describe, expect, it } from 'vitest';
import type { KubeObject } from './ports.ts';
import { rolledOut } from './rollout-checks.ts';

const deployment = (status: object, replicas?: number): KubeObject => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name: 'web', namespace: 'e', uid: 'u', resourceVersion: '1', creationTimestamp: '2026-11-20T09:00:00Z', generation: 2 },
  spec: replicas === undefined ? {} : { replicas },
  status,
});
const done = { observedGeneration: 2, replicas: 3, updatedReplicas: 3, availableReplicas: 3 };
const object = 'Deployment apps/v1 · e/web';

describe('rolledOut', () => {
  it.each([
    ['no existe', undefined, { path: 'metadata.name', expected: 'el Deployment', found: 'nada todavía' }],
    [
      'su estado es de la versión anterior',
      deployment({ ...done, observedGeneration: 1 }, 3),
      { object, path: 'status.observedGeneration', expected: '2', found: '1' },
    ],
    ['falta una nueva', deployment({ ...done, updatedReplicas: 2 }, 3), { object, path: 'status.updatedReplicas', expected: '3', found: '2' }],
    ['queda una vieja', deployment({ ...done, replicas: 4 }, 3), { object, path: 'status.replicas', expected: '3', found: '4' }],
    ['una no está disponible', deployment({ ...done, availableReplicas: 2 }, 3), { object, path: 'status.availableReplicas', expected: '3', found: '2' }],
    ['a cero, y queda una', deployment({ observedGeneration: 2, replicas: 1 }, 0), { object, path: 'status.replicas', expected: '0', found: '1' }],
  ])('no ha acabado si %s', (_, value, mismatch) => {
    expect(rolledOut().test(value)).toEqual({ ok: false, mismatch });
  });

  it('ha acabado cuando están todas, nuevas y disponibles; sin replicas escritas, una', () => {
    expect(rolledOut().test(deployment(done, 3))).toEqual({ ok: true });
    expect(rolledOut().test(deployment({ observedGeneration: 2, replicas: 1, updatedReplicas: 1, availableReplicas: 1 }))).toEqual({ ok: true });
    expect(rolledOut().test(deployment({ observedGeneration: 2 }, 0))).toEqual({ ok: true });
  });
});
