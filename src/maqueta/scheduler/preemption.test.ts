import { expect, it } from 'vitest';
import type { Pod, PodDisruptionBudget } from '../schema/types.generated.ts';
import { createSchedulerBench, type SchedulerBench } from './test-world.ts';

const settle = (bench: SchedulerBench) => bench.clock.advance(1000);
const preempted = (bench: SchedulerBench) => bench.events.filter((event) => event.reason === 'Preempted').map((event) => event.object);

const fill = (bench: SchedulerBench, pods: Record<string, number>) => {
  for (const [name, priority] of Object.entries(pods)) {
    bench.node(`n-${name}`, { cpu: '1' });
    bench.pod(name, { cpu: '1', priority, labels: { app: name }, nodeSelector: { 'kubernetes.io/hostname': `n-${name}` } });
  }
  settle(bench);
};

it('elige el nodo donde la víctima importa menos', () => {
  const bench = createSchedulerBench();
  fill(bench, { a: 30, b: 10, c: 20 });
  bench.pod('urgente', { cpu: '1', priority: 100 });
  settle(bench);
  expect(preempted(bench)).toEqual(['Pod/b']);
  expect(bench.nodeOf('urgente')).toBe('n-b');
});

it('prefiere no romper un presupuesto de interrupción, aunque la otra víctima importe más', () => {
  const bench = createSchedulerBench();
  fill(bench, { a: 30, b: 10 });
  bench.world.store.put<PodDisruptionBudget>('policy/poddisruptionbudgets', {
    apiVersion: 'policy/v1',
    kind: 'PodDisruptionBudget',
    metadata: { name: 'b', namespace: 'default' },
    spec: { selector: { matchLabels: { app: 'b' } } },
    status: { disruptionsAllowed: 0 },
  });
  bench.pod('urgente', { cpu: '1', priority: 100 });
  settle(bench);
  expect(preempted(bench)).toEqual(['Pod/a']);
});

it('indulta a quien no hace falta echar, empezando por el más importante', () => {
  const bench = createSchedulerBench();
  bench.node('nodo', { cpu: '3' });
  for (const [name, priority] of Object.entries({ a: 1, b: 2, c: 3 })) bench.pod(name, { cpu: '1', priority });
  settle(bench);
  bench.pod('urgente', { cpu: '2', priority: 100 });
  settle(bench);
  expect(preempted(bench)).toEqual(['Pod/b', 'Pod/a']);
  expect(bench.nodeOf('c')).toBe('nodo');
});

it('echa al que no lo quiere cerca', () => {
  const bench = createSchedulerBench();
  bench.node('nodo');
  const apart = { topologyKey: 'kubernetes.io/hostname', labelSelector: { matchLabels: { app: 'web' } } };
  bench.pod('huraño', { affinity: { podAntiAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [apart] } } });
  settle(bench);
  bench.pod('web', { labels: { app: 'web' }, priority: 1 });
  settle(bench);
  expect([preempted(bench), bench.nodeOf('web')]).toEqual([['Pod/huraño'], 'nodo']);
});

it('no echa a nadie donde ni así cabría, y lo cuenta por separado', () => {
  const bench = createSchedulerBench();
  bench.node('pequeño', { cpu: '1' });
  bench.node('ocupado', { cpu: '4' });
  bench.node('acordonado', { cpu: '4', unschedulable: true });
  bench.pod('importante', { cpu: '3', priority: 1000 });
  bench.pod('barato', { cpu: '1', priority: 0, nodeSelector: { 'kubernetes.io/hostname': 'ocupado' } });
  settle(bench);
  bench.pod('nuevo', { cpu: '2', priority: 10 });
  settle(bench);
  expect(preempted(bench)).toEqual([]);
  expect(bench.failure('nuevo')).toBe(
    '0/3 nodes are available: 1 node(s) were unschedulable, 2 Insufficient cpu. preemption: 0/3 nodes are available: 1 Insufficient cpu, 2 Preemption is not helpful for scheduling.',
  );
});

it('mientras su víctima se despide no echa a nadie más', () => {
  const bench = createSchedulerBench();
  fill(bench, { a: 0, b: 5 });
  bench.world.registry.setStrategy('pods', { gracePeriod: () => 30 });
  bench.pod('urgente', { cpu: '1', priority: 100 });
  settle(bench);
  expect(preempted(bench)).toEqual(['Pod/a']);
  bench.world.registry.update<Pod>('pods', { ...bench.read('urgente'), metadata: { ...bench.read('urgente').metadata, labels: { tocado: 'sí' } } });
  settle(bench);
  expect(bench.failure('urgente')).toBe(
    '0/2 nodes are available: 2 Insufficient cpu. preemption: not eligible due to a terminating pod on the nominated node.',
  );
  expect(preempted(bench)).toEqual(['Pod/a']);
  expect(bench.read('urgente').status?.nominatedNodeName).toBe('n-a');
});

it('dos urgentes de igual prioridad no se prometen el mismo hueco: cada uno echa a su víctima y los dos entran', () => {
  const bench = createSchedulerBench();
  bench.node('nodo', { pods: '2' });
  bench.pod('viejo-0', { priority: 0 });
  bench.pod('viejo-1', { priority: 0 });
  settle(bench);
  bench.pod('urgente-0', { priority: 1 });
  bench.pod('urgente-1', { priority: 1 });
  bench.clock.advance(60_000);
  expect([bench.nodeOf('urgente-0'), bench.nodeOf('urgente-1')]).toEqual(['nodo', 'nodo']);
});
