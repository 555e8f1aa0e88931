import type { Check } from '../engine/check.ts';
import type { KubeObject } from '../engine/ports.ts';

/**
 * Ningún PVC se está yendo con su Pod. Con `whenScaled: Delete`, el StatefulSet pone al Pod de dueño del disco que sobra, y el recolector
 * se lo lleva un rato después que a él. Sigue a kubernetes: pkg/controller/statefulset/stateful_set_utils.go, `isClaimOwnerUpToDate`.
 */
export const noneLeavesWithItsPod = (): Check<readonly KubeObject[]> => ({
  describe: 'ningún PVC se va con su Pod',
  test(claims) {
    const leaving = claims.filter(({ metadata }) => metadata.ownerReferences?.some(({ kind }) => kind === 'Pod')).map(({ metadata }) => metadata.name);
    if (leaving.length === 0) return { ok: true };
    return { ok: false, mismatch: { path: 'PVC que se van con su Pod', expected: 'ninguno', found: leaving.join(', ') } };
  },
});
