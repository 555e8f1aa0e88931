import { setTimeout as sleep } from 'node:timers/promises';
import type { Api } from '../../../taller/cluster/api.ts';
import { scaleDeployments, scaleNodes } from '../scale-scenario.ts';

const deploymentsUrl = '/apis/apps/v1/namespaces/default/deployments';
/** Conexiones con las que se crean los nodos. */
const atOnce = 16;

export interface KwokResult {
  /** Milisegundos desde que se crea el primer nodo hasta que el API dice que todos los Pods están Ready. */
  took: number;
  ready: number;
}

/** Los mismos nodos y los mismos Deployments que la maqueta, en un Kubernetes de verdad. Si en `patience` no están, devuelve los que haya. */
export async function runKwokScale(api: Api, patience: number): Promise<KwokResult> {
  const start = performance.now();
  const nodes = scaleNodes();
  const wanted = scaleDeployments();
  const create = async () => {
    for (let node = nodes.shift(); node; node = nodes.shift()) await api.create('/api/v1/nodes', nodeObject(node));
  };
  await Promise.all(Array.from({ length: atOnce }, create));
  for (const deployment of wanted) await api.create(deploymentsUrl, deployment);
  const total = wanted.reduce((sum, { spec }) => sum + (spec?.replicas ?? 0), 0);
  let ready = 0;
  while (ready < total && performance.now() - start < patience) {
    await sleep(200);
    ready = await countReady(api);
  }
  return { took: performance.now() - start, ready };
}

async function countReady(api: Api): Promise<number> {
  const { items } = JSON.parse(await api.get(deploymentsUrl)) as { items: readonly { status?: { readyReplicas?: number } }[] };
  return items.reduce((sum, { status }) => sum + (status?.readyReplicas ?? 0), 0);
}

const nodeObject = ({ name, cpu, memory }: { name: string; cpu: string; memory: string }) => {
  const capacity = { cpu, memory, pods: '110' };
  return { apiVersion: 'v1', kind: 'Node', metadata: { name, labels: { 'kubernetes.io/hostname': name } }, status: { capacity, allocatable: capacity } };
};
