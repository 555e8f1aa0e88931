import type { Check } from './check.ts';
import { titleOf } from './checks.ts';
import type { KubeObject } from './ports.ts';

/**
 * El Deployment ha llegado a lo que pide su spec: todas las réplicas, de la última versión y disponibles, y ninguna vieja.
 * Los Pods que se están despidiendo no cuentan.
 */
// Sigue a kubectl: pkg/polymorphichelpers/rollout_status.go (DeploymentStatusViewer.Status).
export const rolledOut = (): Check<KubeObject | undefined, KubeObject> => ({
  describe: 'el Deployment ha acabado de desplegarse',
  test(object) {
    if (!object) return { ok: false, mismatch: { path: 'metadata.name', expected: 'el Deployment', found: 'nada todavía' } };
    const { status = {}, spec, metadata } = object;
    const no = (path: string, expected: number, found: number) => ({
      ok: false as const,
      mismatch: { object: titleOf(object), path, expected: `${expected}`, found: `${found}` },
    });
    if ((status.observedGeneration ?? 0) < (metadata.generation ?? 0))
      return no('status.observedGeneration', metadata.generation ?? 0, status.observedGeneration ?? 0);
    const wanted = spec?.replicas ?? 1;
    for (const field of ['updatedReplicas', 'replicas', 'availableReplicas'])
      if ((status[field] ?? 0) !== wanted) return no(`status.${field}`, wanted, status[field] ?? 0);
    return { ok: true };
  },
});
