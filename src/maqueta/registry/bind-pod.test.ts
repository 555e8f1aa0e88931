import { expect, it } from 'vitest';
import { createClock } from '../clock/clock.ts';
import { resources } from '../schema/resources.generated.ts';
import type { Node, Pod } from '../schema/types.generated.ts';
import { createStore } from '../store/store.ts';
import { bindPod } from './bind-pod.ts';

const start = () => {
  const clock = createClock(Date.parse('2026-11-20T09:00:00Z'));
  const store = createStore(resources, { history: 64, freeze: true });
  return { clock, store };
};

const pod: Pod = {
  apiVersion: 'v1',
  kind: 'Pod',
  metadata: { name: 'web-0', namespace: 'tienda', uid: 'u-1', labels: { app: 'web' }, generation: 1 },
  spec: { containers: [{ name: 'app', image: 'app:1' }] },
  status: {
    phase: 'Pending',
    nominatedNodeName: 'nodo1',
    conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', message: 'no cabe', lastTransitionTime: '2026-11-20T08:59:00Z' }],
  },
};

it('escribe el nodo y la condición PodScheduled en un solo cambio', () => {
  const world = start();
  world.store.put<Pod>('pods', pod);
  const before = world.store.revision;
  const bound = bindPod(world, pod, 'nodo1');
  expect(world.store.revision).toBe(before + 1);
  expect(bound).toEqual({
    ...pod,
    metadata: { ...pod.metadata, resourceVersion: '2' },
    spec: { ...pod.spec, nodeName: 'nodo1' },
    status: { phase: 'Pending', conditions: [{ type: 'PodScheduled', status: 'True', lastTransitionTime: '2026-11-20T09:00:00Z' }] },
  });
});

it('copia al Pod la zona y la región del nodo', () => {
  const world = start();
  world.store.put<Pod>('pods', pod);
  const labels = { 'topology.kubernetes.io/zone': 'a', 'kubernetes.io/hostname': 'nodo1' };
  world.store.put<Node>('nodes', { apiVersion: 'v1', kind: 'Node', metadata: { name: 'nodo1', labels } });
  expect(bindPod(world, pod, 'nodo1').metadata.labels).toEqual({ app: 'web', 'topology.kubernetes.io/zone': 'a' });
});

it.each<[string, Pod | undefined, string]>([
  ['ya no está', undefined, 'pods "web-0" not found'],
  [
    'se está borrando',
    { ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-11-20T09:00:00Z' } },
    'Operation cannot be fulfilled on pods/binding "web-0": pod web-0 is being deleted, cannot be assigned to a host',
  ],
  [
    'ya tiene nodo',
    { ...pod, spec: { containers: [], nodeName: 'nodo2' } },
    'Operation cannot be fulfilled on pods/binding "web-0": pod web-0 is already assigned to node "nodo2"',
  ],
  [
    'espera en una puerta',
    { ...pod, spec: { containers: [], schedulingGates: [{ name: 'espera' }] } },
    'Operation cannot be fulfilled on pods/binding "web-0": pod web-0 has non-empty .spec.schedulingGates',
  ],
  [
    'es otro que se llama igual',
    { ...pod, metadata: { ...pod.metadata, uid: 'u-2' } },
    'Operation cannot be fulfilled on pods/binding "web-0": Precondition failed: UID in precondition: u-1, UID in object meta: u-2',
  ],
])('no asigna un Pod que %s', (_case, stored, message) => {
  const world = start();
  if (stored) world.store.put<Pod>('pods', stored);
  expect(() => bindPod(world, pod, 'nodo1')).toThrow(expect.objectContaining({ message }));
});
