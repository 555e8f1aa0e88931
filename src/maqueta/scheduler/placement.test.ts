import { expect, it } from 'vitest';
import type { Affinity, Node, PodAffinityTerm } from '../schema/types.generated.ts';
import { createSchedulerBench, type SchedulerBench } from './test-world.ts';

const settle = (bench: SchedulerBench) => bench.clock.advance(1000);
const near = (term: PodAffinityTerm): Affinity => ({ podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } });
const apart = (term: PodAffinityTerm): Affinity => ({ podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [term] } });
const byApp = (app: string, rest: Partial<PodAffinityTerm> = {}): PodAffinityTerm => ({
  topologyKey: 'kubernetes.io/hostname',
  labelSelector: { matchLabels: { app } },
  ...rest,
});
const zones = (bench: SchedulerBench) => {
  for (const zone of ['a', 'b']) for (const index of [1, 2]) bench.node(`${zone}${index}`, { labels: { 'topology.kubernetes.io/zone': zone } });
};

it('el primero de un grupo que se busca a sí mismo entra, y los demás van con él', () => {
  const bench = createSchedulerBench();
  for (const name of ['n1', 'n2', 'n3']) bench.node(name);
  for (const name of ['p1', 'p2', 'p3']) bench.pod(name, { labels: { app: 'grupo' }, affinity: near(byApp('grupo')) });
  settle(bench);
  expect(bench.nodeOf('p1')).toBeDefined();
  expect([bench.nodeOf('p2'), bench.nodeOf('p3')]).toEqual([bench.nodeOf('p1'), bench.nodeOf('p1')]);
});

it('la antiafinidad por zona cuenta la zona entera', () => {
  const bench = createSchedulerBench();
  zones(bench);
  const affinity = apart(byApp('web', { topologyKey: 'topology.kubernetes.io/zone' }));
  for (const name of ['p1', 'p2', 'p3']) bench.pod(name, { labels: { app: 'web' }, affinity });
  settle(bench);
  expect([bench.nodeOf('p1')?.[0], bench.nodeOf('p2')?.[0]].sort()).toEqual(['a', 'b']);
  expect(bench.failure('p3')).toBe(
    "0/4 nodes are available: 4 node(s) didn't match pod anti-affinity rules. preemption: 0/4 nodes are available: 4 No preemption victims found for incoming pod.",
  );
});

it('la afinidad solo mira su espacio, salvo que nombre otros o los elija por etiquetas', () => {
  const bench = createSchedulerBench();
  bench.world.registry.create('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'otro', labels: { equipo: 'datos' } } });
  bench.node('n1');
  bench.pod('vecino', { namespace: 'otro', labels: { app: 'bd' } });
  settle(bench);
  bench.pod('solo', { affinity: near(byApp('bd')) });
  bench.pod('nombrado', { affinity: near(byApp('bd', { namespaces: ['otro'] })) });
  bench.pod('elegido', { affinity: near(byApp('bd', { namespaceSelector: { matchLabels: { equipo: 'datos' } } })) });
  bench.pod('ninguno', { affinity: near(byApp('bd', { namespaceSelector: { matchLabels: { equipo: 'web' } } })) });
  settle(bench);
  expect(['solo', 'nombrado', 'elegido', 'ninguno'].map(bench.nodeOf)).toEqual([undefined, 'n1', 'n1', undefined]);
});

it('sin pedirlo, las réplicas se reparten también por zonas', () => {
  const bench = createSchedulerBench();
  zones(bench);
  bench.world.store.put('services', {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'default' },
    spec: { selector: { app: 'web' } },
  } as never);
  for (let index = 0; index < 4; index++) bench.pod(`p${index}`, { labels: { app: 'web' } });
  settle(bench);
  const placed = [0, 1, 2, 3].map((index) => bench.nodeOf(`p${index}`) ?? '');
  expect([...placed].sort()).toEqual(['a1', 'a2', 'b1', 'b2']);
  expect([placed[0]?.[0], placed[1]?.[0]].sort()).toEqual(['a', 'b']);
});

it('matchLabelKeys reparte cada versión por su cuenta', () => {
  const bench = createSchedulerBench();
  bench.node('n1');
  bench.node('n2');
  const shape = (hash: string) => ({
    labels: { app: 'web', 'pod-template-hash': hash },
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'DoNotSchedule' as const,
        labelSelector: { matchLabels: { app: 'web' } },
        matchLabelKeys: ['pod-template-hash'],
      },
    ],
  });
  for (let index = 0; index < 3; index++) bench.pod(`vieja-${index}`, shape('v1'));
  for (let index = 0; index < 2; index++) bench.pod(`nueva-${index}`, shape('v2'));
  settle(bench);
  expect([bench.nodeOf('nueva-0'), bench.nodeOf('nueva-1')].sort()).toEqual(['n1', 'n2']);
});

it.each([1, 2, 3, 4, 5])('prefiere el nodo que ya tiene la imagen si pesa, con la semilla %i', (seed) => {
  const bench = createSchedulerBench({ seed });
  for (const name of ['n1', 'n2', 'n3']) bench.node(name);
  const node = bench.world.store.collection<Node>('nodes').get('', 'n2') as Node;
  bench.world.registry.updateStatus<Node>('nodes', { ...node, status: { ...node.status, images: [{ names: ['app:1'], sizeBytes: 3_000_000_000 }] } });
  bench.pod('p');
  settle(bench);
  expect(bench.nodeOf('p')).toBe('n2');
});

it('dos Pods que llegan a la vez no se reparten el mismo hueco', () => {
  const bench = createSchedulerBench();
  bench.node('n1', { cpu: '1' });
  bench.pod('a', { cpu: '600m' });
  bench.pod('b', { cpu: '600m' });
  settle(bench);
  expect(['a', 'b'].map(bench.nodeOf)).toEqual(['n1', undefined]);
});

it('un nodo que se borra y vuelve conserva las cuentas de sus Pods', () => {
  const bench = createSchedulerBench();
  bench.node('n1', { cpu: '1' });
  bench.pod('a', { cpu: '600m' });
  settle(bench);
  bench.world.store.remove('nodes', '', 'n1');
  bench.node('n1', { cpu: '1' });
  bench.pod('b', { cpu: '600m' });
  settle(bench);
  expect(bench.nodeOf('b')).toBeUndefined();
  bench.world.store.remove('pods', 'default', 'a');
  settle(bench);
  expect(bench.nodeOf('b')).toBe('n1');
});
