import type { Check } from './check.ts';

/** Un Pod que todavía no se ha ido del nodo que se drena. */
export interface LeftToDrain {
  pod: string;
  /** Por qué no le deja irse ahora su PodDisruptionBudget, con las palabras del servidor. */
  refused?: string;
}

/** El drenaje ha acabado: no queda nadie por irse. */
export const drained = (): Check<readonly LeftToDrain[]> => ({
  describe: 'el nodo queda drenado',
  test(left) {
    if (left.length === 0) return { ok: true };
    const found = left.map(({ pod, refused }) => (refused === undefined ? `${pod}, que se está yendo` : `${pod}, que no puede irse (${refused})`));
    return { ok: false, mismatch: { path: 'Pods por irse', expected: 'ninguno', found: found.join('; ') } };
  },
});
