import type { Node, NodeCondition } from '../schema/types.generated.ts';

export const readyCondition = (node: Node): NodeCondition | undefined => node.status?.conditions?.find(({ type }) => type === 'Ready');

export const isNodeReady = (node: Node): boolean => readyCondition(node)?.status === 'True';

export const hasTaint = (node: Node, key: string, effect?: string): boolean =>
  (node.spec?.taints ?? []).some((taint) => taint.key === key && (effect === undefined || taint.effect === effect));
