import type { Taint, Toleration } from '../schema/types.generated.ts';

// Sigue a component-helpers: scheduling/corev1/helpers.go y api/core/v1/toleration.go (ToleratesTaint).
const tolerates = (toleration: Toleration, taint: Taint): boolean => {
  if (toleration.effect && toleration.effect !== taint.effect) return false;
  if (toleration.key && toleration.key !== taint.key) return false;
  if (toleration.operator === 'Exists') return true;
  return (toleration.operator ?? 'Equal') === 'Equal' && (toleration.value ?? '') === (taint.value ?? '') && Boolean(toleration.key);
};

export const isTolerated = (taint: Taint, tolerations: readonly Toleration[]): boolean => tolerations.some((toleration) => tolerates(toleration, taint));

export const toleratesAll = (taints: readonly Taint[], tolerations: readonly Toleration[]): boolean => taints.every((taint) => isTolerated(taint, tolerations));
