import { allFilters } from './filters/all-filters.ts';
import { type FilterContext, type NodeFilter, type Rejection, reject } from './filters/filter.ts';
import type { NodeInfo } from './node-info.ts';
import type { Nominations } from './nominations.ts';
import type { PodInfo } from './pod-info.ts';

/** Los nodos donde cabe y por qué no en los demás. */
export interface Search {
  feasible: readonly NodeInfo[];
  rejections: ReadonlyMap<NodeInfo, Rejection>;
  /** Motivo de los nodos que ni se miraron porque el Pod nombra otros. */
  unlisted: Rejection | undefined;
  /** El Pod no puede ir a ningún nodo, sea cual sea. */
  blocked: Rejection | undefined;
  /** Cuántos nodos se miraron. */
  examined: number;
}

/** Los filtros de un Pod, con sus cuentas hechas. */
export type Preparation = { kind: 'ready'; check: NodeFilter; only: ReadonlySet<string> | undefined } | { kind: 'blocked'; rejection: Rejection };

export function prepareFilters(pod: PodInfo, context: FilterContext): Preparation {
  const filters: NodeFilter[] = [];
  let only: ReadonlySet<string> | undefined;
  for (const plugin of allFilters) {
    const prepared = plugin.prepare(pod, context);
    if (prepared.kind === 'rejected') return { kind: 'blocked', rejection: prepared.rejection };
    if (prepared.kind === 'skip') continue;
    filters.push(prepared.filter);
    only ??= prepared.only;
  }
  return {
    kind: 'ready',
    only,
    check(node) {
      for (const filter of filters) {
        const rejection = filter(node);
        if (rejection) return rejection;
      }
      return undefined;
    },
  };
}

/** Con menos nodos que estos se miran todos. */
const fewNodes = 100;

/** Cuántos nodos válidos bastan: con muchos, mirar una parte da casi el mismo resultado mucho antes. */
// Sigue a kube-scheduler: schedule_one.go (numFeasibleNodesToFind, con percentageOfNodesToScore a 0).
export function enoughNodes(total: number): number {
  if (total < fewNodes) return total;
  const percentage = Math.max(5, 50 - Math.floor(total / 125));
  return Math.max(fewNodes, Math.floor((total * percentage) / 100));
}

export interface SearchOptions {
  nominations?: Nominations;
  /** Nodo que ya se le prometió: si cabe ahí, no se mira más. */
  preferred?: string | undefined;
}

/** Recorre los nodos desde `start`, dando la vuelta, hasta tener bastantes. */
// Sigue a kube-scheduler: schedule_one.go (findNodesThatFitPod).
export function findNodes(pod: PodInfo, context: FilterContext, start: number, { nominations, preferred }: SearchOptions = {}): Search {
  const prepared = prepareFilters(pod, context);
  const rejections = new Map<NodeInfo, Rejection>();
  if (prepared.kind === 'blocked') return { feasible: [], rejections, unlisted: undefined, blocked: prepared.rejection, examined: 0 };
  const { only } = prepared;
  const check = nominations?.respect(pod, prepared.check, context) ?? prepared.check;
  const promised = preferred === undefined ? undefined : context.cluster.find(preferred);
  if (promised && !check(promised)) return { feasible: [promised], rejections, unlisted: undefined, blocked: undefined, examined: 1 };
  const all = context.cluster.nodes();
  const nodes = only ? all.filter((node) => only.has(node.name)) : all;
  const enough = enoughNodes(nodes.length);
  const feasible: NodeInfo[] = [];
  let examined = 0;
  for (; examined < nodes.length && feasible.length < enough; examined++) {
    const node = nodes[(start + examined) % nodes.length] as NodeInfo;
    const rejection = check(node);
    if (rejection) rejections.set(node, rejection);
    else feasible.push(node);
  }
  const unlisted = only ? reject('NodeAffinity', "node(s) didn't satisfy plugin(s) [NodeAffinity]") : undefined;
  return { feasible, rejections, unlisted, blocked: undefined, examined };
}
