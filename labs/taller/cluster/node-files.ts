import { mkdir, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { clusterDomain, dnsService, type NodePlace, podNetwork } from './addresses.ts';
import type { Folders } from './folders.ts';
import { kubeconfigOf } from './kubeconfig.ts';

/** El Pod vacío que sostiene los espacios de nombres de los demás contenedores. */
export const sandboxImage = 'registry.k8s.io/pause:3.10.2';

const gibi = 1024 ** 3;
/** Lo que cada nodo ofrece: nodos pequeños, para que en un laboratorio se vea qué pasa cuando no se cabe. */
const offered = { cpus: 1, bytes: 3.5 * gibi };

export const nodeConfig = ({ config }: Folders, { name }: NodePlace): string => path.join(config, name);

interface NodeFilesOptions {
  folders: Folders;
  place: NodePlace;
  /** Carpeta de los binarios. */
  binaries: string;
  isCgroupV1: boolean;
  machine?: { cpus: number; bytes: number };
}

/** Los archivos de configuración de un nodo. JSON es YAML: kubelet y kube-proxy lo leen igual. */
export function nodeFiles({ folders, place, binaries, isCgroupV1, machine = thisMachine() }: NodeFilesOptions): Readonly<Record<string, string>> {
  const pki = (name: string) => path.join(folders.pki, name);
  const json = (value: unknown) => `${JSON.stringify(value, null, 2)}\n`;
  const folder = nodeConfig(folders, place);
  return {
    'resolv.conf': '',
    'kubelet.yaml': json({
      apiVersion: 'kubelet.config.k8s.io/v1beta1',
      kind: 'KubeletConfiguration',
      authentication: { anonymous: { enabled: false }, webhook: { enabled: true }, x509: { clientCAFile: pki('ca.crt') } },
      authorization: { mode: 'Webhook' },
      tlsCertFile: pki(`kubelet-${place.name}.crt`),
      tlsPrivateKeyFile: pki(`kubelet-${place.name}.key`),
      containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
      clusterDNS: [dnsService],
      clusterDomain,
      // No hay nadie fuera a quien preguntar.
      resolvConf: path.join(folder, 'resolv.conf'),
      cgroupDriver: 'cgroupfs',
      cgroupRoot: `${folders.cgroup}/${place.name}`,
      ...(isCgroupV1 ? { failCgroupV1: false } : {}),
      protectKernelDefaults: true,
      systemReserved: reserved(machine),
      enforceNodeAllocatable: [],
      nodeStatusUpdateFrequency: '5s',
      evictionHard: { 'nodefs.available': '1%' },
      imageGCHighThresholdPercent: 100,
      imageGCLowThresholdPercent: 99,
    }),
    'kube-proxy.yaml': json({
      apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
      kind: 'KubeProxyConfiguration',
      mode: 'nftables',
      clusterCIDR: podNetwork,
      hostnameOverride: place.name,
      clientConnection: { kubeconfig: kubeconfigOf(folders, 'kube-proxy') },
      // Los topes de conntrack son de toda la máquina: no se tocan.
      conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: '0s', tcpCloseWaitTimeout: '0s' },
    }),
    'containerd.toml': containerdConfig(folder, binaries),
    // Nada sale de aquí: pedir una imagen que no está debe fallar enseguida, como cuando no existe.
    'registro/_default/hosts.toml': '[host."http://127.0.0.1:9"]\n  capabilities = ["pull", "resolve"]\n',
    'cni/10-taller.conflist': json({
      cniVersion: '1.0.0',
      name: 'taller',
      plugins: [
        {
          type: 'bridge',
          bridge: 'cni0',
          isGateway: true,
          hairpinMode: true,
          // En /run: al reiniciar el nodo no quedan direcciones ocupadas por Pods que ya no están.
          ipam: { type: 'host-local', ranges: [[{ subnet: place.podCidr }]], routes: [{ dst: '0.0.0.0/0' }], dataDir: '/run/cni/ipam' },
        },
        { type: 'portmap', capabilities: { portMappings: true } },
      ],
    }),
  };
}

export async function writeNodeFiles(options: NodeFilesOptions): Promise<void> {
  const folder = nodeConfig(options.folders, options.place);
  for (const [name, content] of Object.entries(nodeFiles(options))) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}

const thisMachine = () => ({ cpus: os.availableParallelism(), bytes: os.totalmem() });

/** Cada kubelet ve la máquina entera: lo que pase de lo ofrecido se declara reservado. */
const reserved = ({ cpus, bytes }: { cpus: number; bytes: number }) => ({
  cpu: String(Math.max(0, cpus - offered.cpus)),
  memory: `${Math.max(0, Math.floor((bytes - offered.bytes) / 1024))}Ki`,
});

const containerdConfig = (folder: string, binaries: string) => `version = 3
root = "/var/lib/containerd"
state = "/run/containerd"

[grpc]
  address = "/run/containerd/containerd.sock"

[plugins."io.containerd.cri.v1.images"]
  snapshotter = "overlayfs"
  [plugins."io.containerd.cri.v1.images".pinned_images]
    sandbox = "${sandboxImage}"
  [plugins."io.containerd.cri.v1.images".registry]
    config_path = "${folder}/registro"

[plugins."io.containerd.cri.v1.runtime"]
  # Sin CAP_SYS_RESOURCE nadie puede bajar su oom_score_adj.
  restrict_oom_score_adj = true
  [plugins."io.containerd.cri.v1.runtime".cni]
    bin_dirs = ["${binaries}/cni"]
    conf_dir = "/etc/cni/net.d"
  [plugins."io.containerd.cri.v1.runtime".containerd]
    default_runtime_name = "runc"
    [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
      runtime_type = "io.containerd.runc.v2"
      [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
        BinaryName = "${binaries}/runc"
        SystemdCgroup = false
`;
