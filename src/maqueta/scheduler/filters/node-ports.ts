import type { HostPort } from '../pod-info.ts';
import { type FilterPlugin, reject, skip } from './filter.ts';

const rejection = reject('NodePorts', "node(s) didn't have free ports for the requested pod ports", true);
const everywhere = '0.0.0.0';

// Sigue a kube-scheduler: framework/plugins/nodeports/node_ports.go.
export const nodePorts: FilterPlugin = {
  name: 'NodePorts',
  prepare: ({ hostPorts }) =>
    hostPorts.length === 0
      ? skip
      : { kind: 'filter', filter: (node) => (hostPorts.some((wanted) => node.hostPorts.some((used) => collide(wanted, used))) ? rejection : undefined) },
};

export const collide = (a: HostPort, b: HostPort): boolean =>
  a.port === b.port && a.protocol === b.protocol && (a.address === b.address || a.address === everywhere || b.address === everywhere);
