import type { KubeObject } from '../object.ts';

export interface WorkloadOptions {
  replicas: number;
  /** Media de lo que tarda la aplicación en volver, en milisegundos; exponencial. */
  repair: number;
  /** `spread`: un Deployment; `perNode`: un DaemonSet, uno por nodo y sin moverse; `together`: todas en un mismo nodo. */
  placement: 'spread' | 'perNode' | 'together';
}

export const namespace = 'default';
export const serviceName = 'web';
const labels = { app: 'web' };

/** Quien tarda en volver es un contenedor de inicio: la avería se repara, y solo después arranca el servidor. */
const repairScript = (mean: number) => `setTimeout(() => {}, Math.min(2_000_000_000, -Math.log(1 - Math.random()) * ${mean}))`;

/** Un servidor que no cambia solo, con su sonda, y su Service. */
export function workload({ replicas, repair, placement }: WorkloadOptions): { resource: string; object: KubeObject }[] {
  const template = {
    metadata: { labels },
    spec: {
      ...(placement === 'together' ? { nodeSelector: { 'kubernetes.io/hostname': 'nodo1' } } : {}),
      ...(repair > 0 ? { initContainers: [{ name: 'reparacion', image: 'node:24.21-alpine', command: ['node', '-e', repairScript(repair)] }] } : {}),
      containers: [
        {
          name: 'web',
          image: 'nginx:1.30-alpine',
          ports: [{ name: 'http', containerPort: 80 }],
          readinessProbe: { httpGet: { path: '/', port: 'http' }, periodSeconds: 1 },
        },
      ],
    },
  };
  const selector = { matchLabels: labels };
  const isPerNode = placement === 'perNode';
  return [
    {
      resource: 'services',
      object: {
        apiVersion: 'v1',
        kind: 'Service',
        metadata: { name: serviceName, namespace },
        spec: { selector: labels, ports: [{ port: 80 }] },
      } as KubeObject,
    },
    {
      resource: isPerNode ? 'apps/daemonsets' : 'apps/deployments',
      object: {
        apiVersion: 'apps/v1',
        kind: isPerNode ? 'DaemonSet' : 'Deployment',
        metadata: { name: 'web', namespace },
        // Una avería larga no es una actualización atascada: sin plazo, el Deployment no la vigila.
        spec: { ...(isPerNode ? {} : { replicas, progressDeadlineSeconds: 2_147_483_647 }), selector, template },
      } as KubeObject,
    },
  ];
}
