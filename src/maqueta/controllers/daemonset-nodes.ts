import { requiredNodes } from '../scheduler/node-selection.ts';
import { toleratesAll } from '../scheduler/tolerations.ts';
import type { DaemonSet, Node } from '../schema/types.generated.ts';
import { tolerationsOf } from './daemonset-pods.ts';

export interface Suitability {
  /** Debe tener un Pod. */
  shouldRun: boolean;
  /** Si ya lo tiene, que siga. */
  shouldContinue: boolean;
}

/** Qué toca en cada nodo. Lo que no depende del nodo se mira una sola vez. */
// Sigue a kubernetes: pkg/controller/daemon/daemon_controller.go (nodeShouldRunDaemonPod).
export function suitabilityFor(set: DaemonSet): (node: Node) => Suitability {
  const tolerations = tolerationsOf(set);
  const template = set.spec?.template.spec ?? { containers: [] };
  const required = requiredNodes(template);
  return ({ metadata: { name = '', labels = {} }, spec }) => {
    if (template.nodeName && template.nodeName !== name) return { shouldRun: false, shouldContinue: false };
    if (required && !required({ name, labels })) return { shouldRun: false, shouldContinue: false };
    const taints = spec?.taints ?? [];
    const tolerated = (...effects: string[]) =>
      toleratesAll(
        taints.filter(({ effect }) => effects.includes(effect)),
        tolerations,
      );
    const shouldRun = tolerated('NoExecute', 'NoSchedule');
    return { shouldRun, shouldContinue: shouldRun || tolerated('NoExecute') };
  };
}
