import { expect, test } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import type { KubeObject } from './ports.ts';
import { firstOnWorker } from './reading.ts';

const node = (name: string, isControl = false): KubeObject => ({
  ...podNamed(name),
  kind: 'Node',
  metadata: { ...podNamed(name).metadata, labels: isControl ? { 'node-role.kubernetes.io/control-plane': '' } : {} },
});
const on = (name: string, nodeName?: string) => podNamed(name, { spec: nodeName ? { nodeName } : {} });

test('el Pod que se puede dejar sin nodo es el primero por nombre que no corre con la API', () => {
  const nodes = [node('control', true), node('n1'), node('n2')];
  expect(firstOnWorker([on('web-2', 'n1'), on('web-1', 'n2'), on('web-0', 'control')], nodes)?.metadata.name).toBe('web-1');
  expect(firstOnWorker([on('web-1', 'n2'), on('web-0', 'n2')], nodes)?.metadata.name).toBe('web-0');
  expect(firstOnWorker([on('web-0', 'control'), on('web-1')], nodes)).toBeUndefined();
});
