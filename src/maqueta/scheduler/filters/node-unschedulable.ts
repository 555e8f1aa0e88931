import type { Taint } from '../../schema/types.generated.ts';
import { isTolerated } from '../tolerations.ts';
import { type FilterPlugin, reject, skip } from './filter.ts';

const rejection = reject('NodeUnschedulable', 'node(s) were unschedulable');
const cordon: Taint = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

// Sigue a kube-scheduler: framework/plugins/nodeunschedulable/node_unschedulable.go.
export const nodeUnschedulable: FilterPlugin = {
  name: 'NodeUnschedulable',
  prepare: ({ spec }) =>
    isTolerated(cordon, spec.tolerations ?? []) ? skip : { kind: 'filter', filter: (node) => (node.isUnschedulable ? rejection : undefined) },
};
