import { createMaqueta } from '../../../src/maqueta/maqueta.ts';
import type { Deployment, Pod } from '../../../src/maqueta/schema/types.generated.ts';

export interface ScaleResult {
  /** Milisegundos de reloj de pared desde crear la maqueta hasta que todos están Ready. */
  took: number;
  /** Milisegundos virtuales. */
  virtual: number;
  nodes: number;
  ready: number;
  /** Memoria máxima del proceso, en MB. */
  memory: number;
}

const deployments = 50;
const replicas = 100;
const nodeCount = 1000;
/** Si en una hora virtual no están, algo se ha atascado. */
const patience = 3600 * 1000;

/** Mil nodos y cinco mil Pods repartidos en 50 Deployments, hasta que están todos Ready. */
export function runScale(): ScaleResult {
  const start = performance.now();
  const { clock, world } = createMaqueta({ nodes: scaleNodes() });
  const birth = clock.now();
  const pods = world.store.collection<Pod>('pods');
  const ready = new Set<string>();
  pods.onChange(({ type, object }) => {
    if (type !== 'DELETED' && isReady(object)) ready.add(object.metadata.uid ?? '');
    else ready.delete(object.metadata.uid ?? '');
  });
  for (const deployment of scaleDeployments()) world.registry.create<Deployment>('apps/deployments', deployment);
  while (ready.size < deployments * replicas && clock.now() - birth < patience) clock.advance(1000);
  return { took: performance.now() - start, virtual: clock.now() - birth, nodes: nodeCount, ready: ready.size, memory: process.resourceUsage().maxRSS / 1024 };
}

export const scaleNodes = () => Array.from({ length: nodeCount }, (_, index) => ({ name: `nodo-${index}`, cpu: '4', memory: '16Gi' }));

export const scaleDeployments = (): Deployment[] => Array.from({ length: deployments }, (_, index) => deployment(`web-${index}`));

const isReady = (pod: Pod): boolean => pod.status?.conditions?.some(({ type, status }) => type === 'Ready' && status === 'True') ?? false;

const deployment = (name: string): Deployment => ({
  apiVersion: 'apps/v1',
  kind: 'Deployment',
  metadata: { name, namespace: 'default' },
  spec: {
    replicas,
    selector: { matchLabels: { app: name } },
    template: {
      metadata: { labels: { app: name } },
      spec: { containers: [{ name: 'app', image: 'registry.k8s.io/pause:3.10.1', resources: { requests: { cpu: '100m', memory: '64Mi' } } }] },
    },
  },
});
