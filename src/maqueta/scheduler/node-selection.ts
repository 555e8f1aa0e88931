import type { NodeSelector, NodeSelectorTerm, PodSpec } from '../schema/types.generated.ts';
import { type Labels, satisfies } from './label-matcher.ts';

/** Lo que hace falta saber de un nodo para elegirlo por etiquetas o por nombre. */
export interface SelectableNode {
  readonly name: string;
  readonly labels: Labels;
}

/** ¿Casa el nodo con alguno de los términos? Un término vacío no casa con nada. */
// Sigue a component-helpers: scheduling/corev1/nodeaffinity/nodeaffinity.go.
export const matchesNodeSelector = (selector: NodeSelector, node: SelectableNode): boolean =>
  selector.nodeSelectorTerms.some((term) => matchesTerm(term, node));

export function matchesTerm(term: NodeSelectorTerm, node: SelectableNode): boolean {
  const expressions = term.matchExpressions ?? [];
  const fields = term.matchFields ?? [];
  if (expressions.length === 0 && fields.length === 0) return false;
  return (
    expressions.every(({ key, operator, values = [] }) => satisfies({ key, operator, values }, node.labels)) &&
    fields.every(({ key, operator, values = [] }) => satisfies({ key, operator, values }, { 'metadata.name': node.name }))
  );
}

/** Lo que el Pod exige del nodo con `nodeSelector` y su afinidad obligatoria, o `undefined` si no exige nada. */
export function requiredNodes(spec: PodSpec): ((node: SelectableNode) => boolean) | undefined {
  const wanted = Object.entries(spec.nodeSelector ?? {});
  const required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution;
  if (wanted.length === 0 && !required) return undefined;
  return (node) => wanted.every(([key, value]) => node.labels[key] === value) && (!required || matchesNodeSelector(required, node));
}
