import type { Store } from '../../store/store.ts';
import type { ClusterCache } from '../cluster-cache.ts';
import type { Labels } from '../label-matcher.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

export interface ScoreContext {
  readonly cluster: ClusterCache;
  readonly store: Store;
  namespaceLabels(namespace: string): Labels;
}

/**
 * Suma a `totals` lo que vale cada nodo, de 0 a 100 y ya multiplicado por su peso.
 * Lo que vale igual para todos no se suma: no cambia quién gana.
 */
export type Scorer = (pod: PodInfo, nodes: readonly NodeInfo[], totals: Float64Array, context: ScoreContext) => void;

/** Reescala de 0 a 100 respecto al mayor. `isReversed`: cuanto menos, mejor. */
// Sigue a kube-scheduler: framework/plugins/helper/normalize_score.go.
export function addNormalized(raw: Float64Array, totals: Float64Array, weight: number, isReversed: boolean): void {
  let most = 0;
  for (const score of raw) if (score > most) most = score;
  if (most === 0) return;
  for (let index = 0; index < raw.length; index++) {
    const score = Math.trunc((100 * (raw[index] as number)) / most);
    totals[index] = (totals[index] as number) + weight * (isReversed ? 100 - score : score);
  }
}
