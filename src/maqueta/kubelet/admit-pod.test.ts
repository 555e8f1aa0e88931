import { describe, expect, it } from 'vitest';
import type { Node } from '../schema/types.generated.ts';
import { testCluster } from './test-cluster.ts';

const image = 'registry.k8s.io/pause:3.10.2';
const app = { name: 'app', image };
const web = { ...app, ports: [{ containerPort: 80, hostPort: 8080 }] };

function start() {
  const cluster = testCluster();
  const answer = (name: string) => {
    const { phase, reason, message, conditions, containerStatuses } = cluster.pod(name)?.status ?? {};
    return { phase, reason, message, conditions, containerStatuses };
  };
  return { ...cluster, answer };
}

// Los mensajes son los que dio el taller con esos mismos Pods.
describe('un Pod que llega a un nodo donde no cabe', () => {
  it('pide más CPU de la que tiene: acaba sin haber empezado', () => {
    const cluster = start();
    cluster.run('grande', { containers: [{ ...app, resources: { requests: { cpu: '500', memory: '900Gi' } } }] });
    cluster.clock.advance(2000);
    const capacity = cluster.store.collection<Node>('nodes').get('', 'nodo1')?.status?.allocatable?.cpu;
    const message = `Node didn't have enough resource: cpu, requested: 500000, used: 0, capacity: ${Number(capacity) * 1000}`;
    expect(cluster.answer('grande')).toEqual({
      phase: 'Failed',
      reason: 'OutOfcpu',
      message: `Pod was rejected: ${message}`,
      conditions: undefined,
      containerStatuses: undefined,
    });
    expect(cluster.told).toEqual([{ about: 'grande', type: 'Warning', reason: 'OutOfcpu', message }]);
  });

  it.each([
    ['etiquetas que el nodo no tiene', { nodeSelector: { color: 'rojo' } }, 'NodeAffinity', "node(s) didn't match Pod's node affinity/selector"],
    ['un puerto del nodo que ya es de otro', { containers: [web] }, 'NodePorts', "node(s) didn't have free ports for the requested pod ports"],
  ])('pide %s', (_, spec, reason, why) => {
    const cluster = start();
    cluster.run('uno', { containers: [web] });
    cluster.clock.advance(2000);
    cluster.run('dos', { containers: [app], ...spec });
    cluster.clock.advance(2000);
    expect(cluster.pod('uno')?.status?.phase).toBe('Running');
    expect(cluster.answer('dos')).toMatchObject({ phase: 'Failed', reason, message: `Pod was rejected: Predicate ${reason} failed: ${why}` });
  });

  it('no tolera que lo echen: ni entra', () => {
    const cluster = start();
    const nodes = cluster.store.collection<Node>('nodes');
    const node = nodes.get('', 'nodo1') as Node;
    cluster.world.registry.update<Node>('nodes', { ...node, spec: { ...node.spec, taints: [{ key: 'obras', effect: 'NoExecute' }] } });
    cluster.run('fuera', { containers: [app] });
    cluster.run('dentro', { containers: [app], tolerations: [{ key: 'obras', operator: 'Exists' }] });
    cluster.clock.advance(3000);
    expect(cluster.answer('fuera')).toMatchObject({ reason: 'TaintToleration' });
    expect(cluster.pod('dentro')?.status?.phase).toBe('Running');
  });

  it('el sitio del que ya acabó está libre, y el rechazado se puede borrar', () => {
    const cluster = start();
    cluster.run('uno', { containers: [web] });
    cluster.clock.advance(2000);
    cluster.run('dos', { containers: [web] });
    cluster.clock.advance(2000);
    cluster.delete('uno');
    cluster.delete('dos');
    cluster.clock.advance(40_000);
    expect([cluster.pod('uno'), cluster.pod('dos')]).toEqual([undefined, undefined]);
    cluster.run('tres', { containers: [web] });
    cluster.clock.advance(3000);
    expect(cluster.pod('tres')?.status?.phase).toBe('Running');
  });
});
