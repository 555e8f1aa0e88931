import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import type { KubeObject } from '../engine/ports.ts';
import { isLocal, judgeMinikube, judgeNodes } from './guard.ts';

const { items: nodes } = JSON.parse(await readFile(new URL('fixtures/nodes.json', import.meta.url), 'utf8')) as { items: KubeObject[] };
const kubeconfig = JSON.parse(await readFile(new URL('fixtures/kubeconfig.json', import.meta.url), 'utf8'));
const server = 'https://192.168.49.2:8443';

test('un minikube de verdad pasa la guarda (salidas reales)', () => {
  const context = { name: 'minikube', cluster: kubeconfig.clusters[0].cluster, user: kubeconfig.users[0].user };
  expect(judgeMinikube(context)).toEqual({ name: 'minikube', server });
  expect(() => judgeNodes(nodes, 'minikube', server)).not.toThrow();
});

test('un clúster privado cuyos nodos no llevan la etiqueta es un suplantador: solo se leyó la lista de nodos', () => {
  const kind = nodes.map((node) => ({ ...node, metadata: { ...node.metadata, name: 'kind-control-plane', labels: {} } }));
  expect(() => judgeNodes(kind, 'minikube', server)).toThrow(
    '«minikube» (https://192.168.49.2:8443) no es un minikube: su nodo «kind-control-plane» no lleva la etiqueta minikube.k8s.io/name=minikube. Solo se ha leído la lista de nodos; no se ha cambiado nada.',
  );
});

test('basta un nodo ajeno, otro perfil o ningún nodo para no tocarlo', () => {
  const [first] = nodes as [KubeObject, ...KubeObject[]];
  expect(() => judgeNodes([first, { ...first, metadata: { ...first.metadata, name: 'ajeno', labels: {} } }], 'minikube', server)).toThrow('su nodo «ajeno»');
  expect(() => judgeNodes(nodes, 'clase', server)).toThrow('minikube.k8s.io/name=clase');
  expect(() => judgeNodes([], 'minikube', server)).toThrow('no tiene ningún nodo');
});

test.each([
  'localhost',
  '127.0.0.1',
  '127.9.9.9',
  '10.1.2.3',
  '172.16.0.1',
  '172.31.255.1',
  '192.168.49.2',
  '169.254.1.1',
  '[::1]',
  '[fd00::1]',
  '[fe80::1]',
  '[::ffff:c0a8:3102]',
])('%s es local o privada', (host) => {
  expect(isLocal(host)).toBe(true);
});

test.each([
  '203.0.113.10',
  '172.32.0.1',
  '172.15.0.1',
  '192.169.0.1',
  '100.64.0.1',
  '0.0.0.0',
  '[2001:db8::1]',
  '[::ffff:cb00:710a]',
  '[::]',
  'minikube',
  'localhost.ejemplo.com',
  '10.0.0.1.ejemplo.com',
])('%s no lo es', (host) => {
  expect(isLocal(host)).toBe(false);
});
