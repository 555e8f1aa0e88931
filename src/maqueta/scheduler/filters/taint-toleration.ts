import { toleratesAll } from '../tolerations.ts';
import { type FilterPlugin, reject } from './filter.ts';

// En 1.37 el mensaje no dice qué taint es; en versiones anteriores, sí.
const rejection = reject('TaintToleration', 'node(s) had untolerated taint(s)');

// Sigue a kube-scheduler: framework/plugins/tainttoleration/taint_toleration.go.
export const taintToleration: FilterPlugin = {
  name: 'TaintToleration',
  prepare: ({ spec: { tolerations = [] } }) => ({
    kind: 'filter',
    filter: ({ hardTaints }) => (hardTaints.length === 0 || toleratesAll(hardTaints, tolerations) ? undefined : rejection),
  }),
};
