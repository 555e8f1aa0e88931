import { createClock, type VirtualClock } from '../clock/clock.ts';
import { createRandom } from '../clock/random.ts';
import type { EventRecorder } from '../events.ts';
import type { KubeObject } from '../object.ts';
import { createRegistry } from '../registry/create-registry.ts';
import { resources } from '../schema/resources.generated.ts';
import type { Node, Pod, PodSpec, Taint } from '../schema/types.generated.ts';
import { createStore } from '../store/store.ts';
import type { World } from '../world.ts';
import { startScheduler } from './start-scheduler.ts';

/** Un suceso anotado: `Warning FailedScheduling 0/1 nodes…`. */
export interface RecordedEvent {
  object: string;
  type: string;
  reason: string;
  message: string;
}

/** Solo el planificador, sin controladores ni kubelet: lo demás lo hace la prueba. */
export interface SchedulerBench {
  clock: VirtualClock;
  world: World;
  events: RecordedEvent[];
  node(name: string, options?: NodeShape): Node;
  pod(name: string, options?: PodShape): Pod;
  read(name: string): Pod;
  /** Nodo en que quedó cada Pod, tras dejar correr un rato. */
  nodeOf(name: string): string | undefined;
  /** Último mensaje de FailedScheduling de ese Pod. */
  failure(name: string): string | undefined;
}

export interface NodeShape {
  cpu?: string;
  memory?: string;
  pods?: string;
  labels?: Record<string, string>;
  taints?: Taint[];
  unschedulable?: boolean;
  allocatable?: Record<string, string>;
}

export interface PodShape extends Partial<Omit<PodSpec, 'containers'>> {
  cpu?: string;
  memory?: string;
  requests?: Record<string, string>;
  labels?: Record<string, string>;
  ports?: { containerPort: number; hostPort: number; protocol?: 'TCP' | 'UDP'; hostIP?: string }[];
  claims?: string[];
  namespace?: string;
  ownerReferences?: Pod['metadata']['ownerReferences'];
}

export function createSchedulerBench(options: { seed?: number; freeze?: boolean } = {}): SchedulerBench {
  const clock = createClock(Date.parse('2026-11-20T09:00:00Z'));
  const random = createRandom(options.seed ?? 1);
  const store = createStore(resources, { history: 64, freeze: options.freeze ?? true });
  const registry = createRegistry({ clock, random, store });
  const events: RecordedEvent[] = [];
  const recorder: EventRecorder = {
    record: (about, type, reason, message) => events.push({ object: `${about.kind}/${about.metadata.name}`, type, reason, message }),
  };
  // El planificador no usa ni la red ni el kubelet: pedirlos es un error de la prueba.
  const world = { clock, random, store, registry, events: recorder } as unknown as World;
  registry.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default', labels: { 'kubernetes.io/metadata.name': 'default' } } });
  startScheduler(world);
  const pods = store.collection<Pod>('pods');
  return {
    clock,
    world,
    events,
    node: (name, shape = {}) => registry.create<Node>('nodes', buildNode(name, shape)),
    pod: (name, shape = {}) => registry.create<Pod>('pods', buildPod(name, shape)),
    read: (name) => pods.get('default', name) as Pod,
    nodeOf: (name) => pods.get('default', name)?.spec?.nodeName,
    failure: (name) => events.findLast((event) => event.object === `Pod/${name}` && event.reason === 'FailedScheduling')?.message,
  };
}

export const buildNode = (name: string, { cpu = '2', memory = '4Gi', pods = '110', labels, taints, unschedulable, allocatable }: NodeShape): Node => ({
  apiVersion: 'v1',
  kind: 'Node',
  metadata: { name, labels: { 'kubernetes.io/hostname': name, ...labels } },
  spec: { ...(taints ? { taints } : {}), ...(unschedulable ? { unschedulable } : {}) },
  status: { allocatable: { cpu, memory, pods, ...allocatable } },
});

export const buildPod = (name: string, shape: PodShape): Pod & KubeObject => {
  const { cpu, memory, requests, labels, ports, claims, namespace = 'default', ownerReferences, ...spec } = shape;
  const wanted = { ...(cpu ? { cpu } : {}), ...(memory ? { memory } : {}), ...requests };
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name, namespace, ...(labels ? { labels } : {}), ...(ownerReferences ? { ownerReferences } : {}) },
    spec: {
      containers: [{ name: 'app', image: 'app:1', resources: { requests: wanted }, ...(ports ? { ports } : {}) }],
      ...(claims ? { volumes: claims.map((claimName) => ({ name: claimName, persistentVolumeClaim: { claimName } })) } : {}),
      ...spec,
    },
    status: { phase: 'Pending' },
  };
};
