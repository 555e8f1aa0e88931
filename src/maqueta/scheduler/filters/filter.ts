import type { World } from '../../world.ts';
import type { ClusterCache } from '../cluster-cache.ts';
import type { Labels } from '../label-matcher.ts';
import type { NodeInfo } from '../node-info.ts';
import type { PodInfo } from '../pod-info.ts';

/** Lo que un filtro puede consultar además del Pod. */
export interface FilterContext {
  readonly cluster: ClusterCache;
  readonly store: World['store'];
  namespaceLabels(namespace: string): Labels;
}

/** Por qué no. `isResolvable`: echar a otros Pods de ese nodo podría arreglarlo. */
export interface Rejection {
  readonly plugin: string;
  readonly reasons: readonly string[];
  readonly isResolvable: boolean;
}

export type NodeFilter = (node: NodeInfo) => Rejection | undefined;

/** El Pod no puede ir a ningún sitio, o solo a algunos nodos. */
export type Preparation = { kind: 'skip' } | { kind: 'filter'; filter: NodeFilter; only?: ReadonlySet<string> } | { kind: 'rejected'; rejection: Rejection };

/**
 * Un filtro del planificador. `prepare` se llama una vez por Pod y hace las cuentas comunes a todos los nodos;
 * lo que devuelve se llama una vez por nodo y tiene que ser barato.
 */
export interface FilterPlugin {
  readonly name: string;
  prepare(pod: PodInfo, context: FilterContext): Preparation;
}

export const skip: Preparation = { kind: 'skip' };

export const reject = (plugin: string, reason: string, isResolvable = false): Rejection => ({ plugin, reasons: [reason], isResolvable });
