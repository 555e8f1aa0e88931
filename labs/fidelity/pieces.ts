import type { Condition, Manifest, Ref } from './scenario.ts';

/** Las piezas con las que se escriben los escenarios: manifiestos pequeños y esperas corrientes. */

/** Se queda quieto y se va en cuanto se lo piden. */
export const idle = 'trap "exit 0" TERM; while true; do sleep 1 & wait; done';

export const shellImage = 'busybox:1.37';

type Fields = Readonly<Record<string, unknown>>;

/** Un contenedor de busybox que ejecuta ese guion. */
export const container = (script: string = idle, more: Fields = {}, name = 'app') => ({ name, image: shellImage, command: ['sh', '-c', script], ...more });

/** La plantilla de un Pod con `app=web` y un contenedor quieto. */
export const template = (spec: Fields = {}, metadata: Fields = {}) => ({
  metadata: { labels: { app: 'web' }, ...metadata },
  spec: { containers: [container()], ...spec },
});

/** Cambiar una variable es cambiar la plantilla: revisión nueva sin imagen nueva. */
export const version = (value: string, more: Fields = {}) => template({ containers: [container(idle, { env: [{ name: 'VERSION', value }], ...more })] });

const workload = (kind: 'Deployment' | 'ReplicaSet' | 'StatefulSet' | 'DaemonSet', spec: Fields): Manifest => ({
  apiVersion: 'apps/v1',
  kind,
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

export const deployment = (replicas: number, spec: Fields = {}): Manifest => workload('Deployment', { replicas, template: version('1'), ...spec });
export const replicaSet = (replicas: number, spec: Fields = {}): Manifest => workload('ReplicaSet', { replicas, template: version('1'), ...spec });
export const statefulSet = (replicas: number, spec: Fields = {}): Manifest =>
  workload('StatefulSet', { replicas, serviceName: 'web', template: version('1'), ...spec });
export const daemonSet = (spec: Fields = {}): Manifest => workload('DaemonSet', { template: version('1'), ...spec });

export const pod = (name: string, spec: Fields = {}, metadata: Fields = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name, labels: { app: 'web' }, ...metadata },
  spec: { containers: [container()], ...spec },
});

export const headless = (spec: Fields = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'Service',
  metadata: { name: 'web' },
  spec: { clusterIP: 'None', selector: { app: 'web' }, ports: [{ port: 80 }], ...spec },
});

/** Un disco de 16 Mi por réplica. */
export const disk = [{ metadata: { name: 'datos' }, spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '16Mi' } } } }];

/** Lista solo cuando existe ese archivo: así el escenario decide cuándo. */
export const readyWhen = (file: string) => ({ readinessProbe: { exec: { command: ['test', '-f', file] }, periodSeconds: 1 } });

/** Exactamente esos Pods con `app=web`, todos listos. */
export const allReady = (count: number): Condition => ({ pods: 'app=web', total: count, ready: count });

export const deploymentReady = (count: number): Condition[] => [
  { of: 'Deployment/web', is: { 'status.replicas': orNull(count), 'status.updatedReplicas': orNull(count), 'status.availableReplicas': orNull(count) } },
  allReady(count),
];
export const replicaSetReady = (count: number): Condition[] => [
  { of: 'ReplicaSet/web', is: { 'status.replicas': count, 'status.availableReplicas': orNull(count) } },
  allReady(count),
];
export const statefulSetReady = (count: number): Condition[] => [
  { of: 'StatefulSet/web', is: { 'status.replicas': count, 'status.readyReplicas': orNull(count), 'status.updatedReplicas': orNull(count) } },
  allReady(count),
];
export const daemonSetReady = (count: number): Condition[] => [
  {
    of: 'DaemonSet/web',
    is: { 'status.numberAvailable': orNull(count), 'status.updatedNumberScheduled': orNull(count), 'status.desiredNumberScheduled': count },
  },
  allReady(count),
];

/** En `status`, un cero no se escribe. */
const orNull = (count: number): number | null => (count === 0 ? null : count);

export const rollTo = (kind: 'Deployment' | 'StatefulSet' | 'DaemonSet', value: string): { patch: Ref; with: object; as: 'strategic' } => ({
  patch: `${kind}/web`,
  as: 'strategic',
  with: { spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'VERSION', value }] }] } } } },
});
