import { expect, test } from 'vitest';
import { Node } from './engine/kinds.ts';
import { keepNodesOn } from './keep-nodes-on.ts';
import { createFakeClock } from './testing/fake-clock.ts';
import { createFakeCluster } from './testing/fake-cluster.ts';

function nodes(...names: string[]) {
  const clock = createFakeClock();
  const target = createFakeCluster(clock);
  const put = (name: string, status: 'True' | 'Unknown') =>
    target.put({ apiVersion: Node.apiVersion, kind: Node.kind, metadata: { name }, status: { conditions: [{ type: 'Ready', status }] } });
  for (const name of names) put(name, 'True');
  return { clock, target, put, kept: keepNodesOn(target) };
}

test('lo que un laboratorio apagó se enciende al acabar, y se espera a que esté listo', async () => {
  const { clock, target, put, kept } = nodes('nodo1', 'nodo2', 'nodo3');
  await kept.actions.powerOff('nodo2');
  await kept.actions.powerOff('nodo3');
  await kept.actions.powerOn('nodo3');
  put('nodo2', 'Unknown');
  clock.at(7000, () => put('nodo2', 'True'));
  await kept.restore();
  expect(target.done).toEqual(['powerOff nodo2', 'powerOff nodo3', 'powerOn nodo3', 'powerOn nodo2']);
  expect(clock.now()).toBe(7000);
  await kept.restore();
  expect(target.done).toHaveLength(4);
});

test('los taints que siga teniendo puestos se quitan, y los demás no se tocan', async () => {
  const { target, kept } = nodes('nodo1', 'nodo2');
  const out = { key: 'fuera', effect: 'NoExecute' };
  await kept.actions.taint('nodo1', out);
  await kept.actions.taint('nodo2', out);
  await kept.actions.untaint('nodo2', out);
  await kept.restore();
  await kept.restore();
  expect(target.done).toEqual(['taint nodo1 fuera:NoExecute', 'taint nodo2 fuera:NoExecute', 'untaint nodo2 fuera:NoExecute', 'untaint nodo1 fuera:NoExecute']);
});

test('los nodos que acordonó se abren al acabar, y solo esos', async () => {
  const { target, kept } = nodes('nodo1', 'nodo2');
  await kept.actions.cordon('nodo1');
  await kept.actions.cordon('nodo2');
  await kept.actions.uncordon('nodo1');
  await kept.restore();
  await kept.restore();
  expect(target.done).toEqual(['cordon nodo1', 'cordon nodo2', 'uncordon nodo1', 'uncordon nodo2']);
});

test('las etiquetas que siga teniendo puestas se quitan', async () => {
  const { target, kept } = nodes('nodo1', 'nodo2');
  await kept.actions.label('nodo1', 'disco', 'rápido');
  await kept.actions.label('nodo2', 'disco', 'rápido');
  await kept.actions.unlabel('nodo2', 'disco');
  await kept.restore();
  await kept.restore();
  expect(target.done).toEqual(['label nodo1 disco=rápido', 'label nodo2 disco=rápido', 'unlabel nodo2 disco', 'unlabel nodo1 disco']);
});

test('un nodo que no vuelve se dice, con la orden que lo enciende', async () => {
  const { put, kept } = nodes('nodo1');
  await kept.actions.powerOff('nodo1');
  put('nodo1', 'Unknown');
  await expect(kept.restore()).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: 'El nodo nodo1, que este laboratorio apagó, no ha vuelto a estar Ready en 180 s.',
  });
});

const closedNode = (target: ReturnType<typeof nodes>['target'], taints: object[]) =>
  target.put({
    apiVersion: Node.apiVersion,
    kind: Node.kind,
    metadata: { name: 'nodo1' },
    spec: { taints },
    status: { conditions: [{ type: 'Ready', status: 'True' }] },
  });
const unschedulable = { key: 'node.kubernetes.io/unschedulable', effect: 'NoSchedule' };

test('de un nodo cerrado y abierto se espera a que el clúster le quite su taint: el siguiente laboratorio cuenta con él', async () => {
  const { clock, target, kept } = nodes('nodo1');
  await kept.actions.cordon('nodo1');
  await kept.actions.uncordon('nodo1');
  closedNode(target, [{ key: 'de-otro', effect: 'NoSchedule' }, unschedulable]);
  clock.at(3000, () => closedNode(target, [{ key: 'de-otro', effect: 'NoSchedule' }]));
  await kept.restore();
  expect(clock.now()).toBe(3000);
});

test('un nodo que no se abre se dice, con la orden que lo abre', async () => {
  const { target, kept } = nodes('nodo1');
  await kept.actions.cordon('nodo1');
  closedNode(target, [unschedulable]);
  await expect(kept.restore()).rejects.toMatchObject({
    code: 'ENVIRONMENT',
    message: 'El nodo nodo1, que este laboratorio acordonó, no ha vuelto a admitir Pods en 180 s.',
    fix: 'kubectl --context falso uncordon nodo1',
  });
});
