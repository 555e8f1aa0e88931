import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseMilli, parseQuantity } from '../quantity.ts';
import type { Node, Pod, Taint, Toleration } from '../schema/types.generated.ts';
import { createSchedulerBench } from './test-world.ts';
import { toleratesAll } from './tolerations.ts';

const effect = fc.constantFrom('NoSchedule' as const, 'NoExecute' as const, 'PreferNoSchedule' as const);
const key = fc.constantFrom('a', 'b');
const taint: fc.Arbitrary<Taint> = fc.record({ key, effect, value: fc.constantFrom('x', 'y') });
const toleration: fc.Arbitrary<Toleration> = fc.oneof(
  fc.record({ key, operator: fc.constant('Exists' as const) }),
  fc.record({ key, value: fc.constantFrom('x', 'y'), effect }),
  fc.constant<Toleration>({ operator: 'Exists' }),
);
const node = fc.record({
  cpu: fc.integer({ min: 0, max: 4 }),
  memory: fc.integer({ min: 0, max: 8 }),
  pods: fc.integer({ min: 0, max: 6 }),
  taints: fc.array(taint, { maxLength: 2 }),
});
const action = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      kind: fc.constant('create' as const),
      cpu: fc.integer({ min: 0, max: 1500 }),
      memory: fc.integer({ min: 0, max: 3000 }),
      priority: fc.integer({ min: 0, max: 2 }),
      tolerations: fc.array(toleration, { maxLength: 2 }),
    }),
  },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('delete' as const), index: fc.nat(30) }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('finish' as const), index: fc.nat(30) }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('wait' as const), time: fc.integer({ min: 1, max: 20_000 }) }) },
);

it('nunca supera lo asignable de un nodo ni entra donde un taint no le deja', () => {
  fc.assert(
    fc.property(fc.array(node, { minLength: 1, maxLength: 5 }), fc.array(action, { minLength: 1, maxLength: 40 }), fc.nat(1000), (nodes, actions, seed) => {
      const bench = createSchedulerBench({ seed });
      const { registry, store } = bench.world;
      for (const [index, { cpu, memory, pods, taints }] of nodes.entries()) {
        bench.node(`n${index}`, { cpu: `${cpu}`, memory: `${memory}Gi`, pods: `${pods}`, taints });
      }
      const all = store.collection<Pod>('pods');
      let created = 0;
      for (const step of actions) {
        const target = 'index' in step ? [...all.list()][step.index] : undefined;
        if (step.kind === 'create')
          bench.pod(`p${created++}`, { cpu: `${step.cpu}m`, memory: `${step.memory}Mi`, priority: step.priority, tolerations: step.tolerations });
        else if (step.kind === 'wait') bench.clock.advance(step.time);
        else if (target && step.kind === 'delete') registry.delete('pods', 'default', target.metadata.name ?? '');
        else if (target) registry.updateStatus<Pod>('pods', { ...target, status: { ...target.status, phase: 'Succeeded' } });
        checkInvariants([...store.collection<Node>('nodes').list()], [...all.list()]);
      }
      bench.clock.advance(600_000);
      checkInvariants([...store.collection<Node>('nodes').list()], [...all.list()]);
      // Y nadie que quepa se queda fuera.
      for (const pod of all.list())
        if (!pod.spec?.nodeName && pod.status?.phase !== 'Succeeded')
          expect(whereFits(pod, store.collection<Node>('nodes').list(), [...all.list()])).toEqual([]);
    }),
    { numRuns: 60 },
  );
});

const running = (pods: readonly Pod[], name: string | undefined) => pods.filter((pod) => pod.spec?.nodeName === name && pod.status?.phase !== 'Succeeded');
const sum = (pods: readonly Pod[], resource: 'cpu' | 'memory', read: (text: string) => number) =>
  pods.reduce((total, pod) => total + read(pod.spec?.containers[0]?.resources?.requests?.[resource] ?? '0'), 0);
const hard = (node: Node) => (node.spec?.taints ?? []).filter((taint) => taint.effect !== 'PreferNoSchedule');

function checkInvariants(nodes: readonly Node[], pods: readonly Pod[]): void {
  for (const node of nodes) {
    const here = running(pods, node.metadata.name);
    const { cpu = '0', memory = '0', pods: limit = '0' } = node.status?.allocatable ?? {};
    expect(here.length).toBeLessThanOrEqual(Number(limit));
    expect(sum(here, 'cpu', parseMilli)).toBeLessThanOrEqual(parseMilli(cpu));
    expect(sum(here, 'memory', parseQuantity)).toBeLessThanOrEqual(parseQuantity(memory));
    for (const pod of here) expect(toleratesAll(hard(node), pod.spec?.tolerations ?? [])).toBe(true);
  }
}

function whereFits(pod: Pod, nodes: Iterable<Node>, pods: readonly Pod[]): string[] {
  const found: string[] = [];
  for (const node of nodes) {
    try {
      checkInvariants([node], [...pods, { ...pod, spec: { containers: [], ...pod.spec, nodeName: node.metadata.name ?? '' } }]);
      found.push(node.metadata.name ?? '');
    } catch {
      // Ahí no cabe.
    }
  }
  return found;
}
