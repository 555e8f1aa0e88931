import path from 'node:path';
import { allPlaces, controlPlane, type NodePlace, networkPrefix } from './addresses.ts';
import type { Process } from './control-plane.ts';
import type { Folders } from './folders.ts';
import { kubeconfigOf } from './kubeconfig.ts';
import { nodeConfig } from './node-files.ts';

/** Un nodo, como lo entiende `taller` (labs/taller/go/taller/spec.go). */
export interface NodeSpec {
  name: string;
  address: string;
  gateway: string;
  podCidr: string;
  routes: readonly { to: string; via: string }[];
  tmpfs: readonly string[];
  binds: readonly { from: string; to: string }[];
  cgroup: string;
  processes: readonly Process[];
  logs: string;
}

/** Lo que un nodo guarda en disco, y dónde lo ve. El resto está en memoria y se va con él. */
export const diskFolders: Readonly<Record<string, string>> = {
  containerd: '/var/lib/containerd',
  kubelet: '/var/lib/kubelet',
  'local-path': '/opt/local-path-provisioner',
  pods: '/var/log/pods',
};

export const nodeDisk = ({ nodes }: Folders, { name }: NodePlace, what: string): string => path.join(nodes, name, what);

export function nodeSpec(folders: Folders, place: NodePlace, binaries: string): NodeSpec {
  const config = nodeConfig(folders, place);
  // containerd busca el shim y los programas de red en el PATH.
  const PATH = `PATH=${binaries}:${binaries}/cni:/usr/sbin:/usr/bin:/sbin:/bin`;
  const run = (name: string, ...args: string[]): Process => ({ name, argv: [path.join(binaries, name), ...args], env: [PATH] });
  return {
    name: place.name,
    address: `${place.address}/${networkPrefix}`,
    gateway: controlPlane,
    podCidr: place.podCidr,
    routes: allPlaces.filter(({ number }) => number !== place.number).map(({ podCidr, address }) => ({ to: podCidr, via: address })),
    tmpfs: ['/var/log/containers'],
    binds: [
      ...Object.entries(diskFolders).map(([what, to]) => ({ from: nodeDisk(folders, place, what), to })),
      { from: path.join(config, 'cni'), to: '/etc/cni/net.d' },
    ],
    cgroup: `${folders.cgroup}/${place.name}`,
    processes: [
      run('containerd', '--config', path.join(config, 'containerd.toml')),
      run(
        'kubelet',
        `--config=${path.join(config, 'kubelet.yaml')}`,
        `--kubeconfig=${kubeconfigOf(folders, `kubelet-${place.name}`)}`,
        `--hostname-override=${place.name}`,
        `--node-ip=${place.address}`,
      ),
      run('kube-proxy', `--config=${path.join(config, 'kube-proxy.yaml')}`),
    ],
    logs: folders.logs,
  };
}
