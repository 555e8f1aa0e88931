import { type FilterPlugin, reject, skip } from './filter.ts';

const rejection = reject('NodeName', "node(s) didn't match the requested node name");

// Sigue a kube-scheduler: framework/plugins/nodename/node_name.go.
export const nodeName: FilterPlugin = {
  name: 'NodeName',
  prepare: ({ spec }) => (spec.nodeName ? { kind: 'filter', filter: (node) => (node.name === spec.nodeName ? undefined : rejection) } : skip),
};
