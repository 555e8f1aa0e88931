import type { Node, NodeCondition } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import type { NodeOptions } from './node-options.ts';

const healthy: readonly Omit<NodeCondition, 'lastHeartbeatTime' | 'lastTransitionTime'>[] = [
  { type: 'MemoryPressure', status: 'False', reason: 'KubeletHasSufficientMemory', message: 'kubelet has sufficient memory available' },
  { type: 'DiskPressure', status: 'False', reason: 'KubeletHasNoDiskPressure', message: 'kubelet has no disk pressure' },
  { type: 'PIDPressure', status: 'False', reason: 'KubeletHasSufficientPID', message: 'kubelet has sufficient PID available' },
  { type: 'Ready', status: 'True', reason: 'KubeletReady', message: 'kubelet is posting ready status' },
];

/** Condiciones de un kubelet sano. Una que ya estaba así conserva su fecha. */
export function healthyConditions(now: string, before: readonly NodeCondition[] = []): NodeCondition[] {
  return healthy.map((condition) => {
    const known = before.find(({ type }) => type === condition.type);
    return {
      ...condition,
      lastHeartbeatTime: now,
      lastTransitionTime: known?.status === condition.status && known.lastTransitionTime ? known.lastTransitionTime : now,
    };
  });
}

/** El objeto Node que registraría el kubelet de la máquina número `index`. */
export function nodeObject({ clock, random }: World, options: NodeOptions, index: number): Node {
  const machine = random.fork(`maquina:${options.name}`);
  const now = timestamp(clock.now());
  const podCIDR = `10.${244 + (index >> 8)}.${index & 255}.0/24`;
  const resources = {
    cpu: options.cpu ?? '2',
    'ephemeral-storage': '61202244Ki',
    'hugepages-1Gi': '0',
    'hugepages-2Mi': '0',
    memory: options.memory ?? '4Gi',
    pods: String(options.pods ?? 110),
  };
  return {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: {
      name: options.name,
      labels: {
        'beta.kubernetes.io/arch': 'amd64',
        'beta.kubernetes.io/os': 'linux',
        'kubernetes.io/arch': 'amd64',
        'kubernetes.io/hostname': options.name,
        'kubernetes.io/os': 'linux',
        ...options.labels,
      },
      annotations: { 'node.alpha.kubernetes.io/ttl': '0', 'volumes.kubernetes.io/controller-managed-attach-detach': 'true' },
    },
    spec: { podCIDR, podCIDRs: [podCIDR], ...(options.taints ? { taints: options.taints.map((taint) => ({ ...taint })) } : {}) },
    status: {
      addresses: [
        { type: 'InternalIP', address: `192.168.${49 + Math.floor((index + 2) / 250)}.${((index + 2) % 250) + Number(index + 2 >= 250)}` },
        { type: 'Hostname', address: options.name },
      ],
      capacity: resources,
      allocatable: resources,
      conditions: healthyConditions(now),
      daemonEndpoints: { kubeletEndpoint: { Port: 10250 } },
      images: [],
      nodeInfo: {
        architecture: 'amd64',
        bootID: machine.uuid(),
        containerRuntimeVersion: 'maqueta://1',
        kernelVersion: 'maqueta',
        kubeProxyVersion: '',
        kubeletVersion: 'v1.37.1',
        machineID: machine.uuid().replaceAll('-', ''),
        operatingSystem: 'linux',
        osImage: 'Maqueta de la Bitácora',
        systemUUID: machine.uuid(),
      },
    },
  };
}
