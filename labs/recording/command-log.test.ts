import { expect, it } from 'vitest';
import type { KubeObject } from '../engine/ports.ts';
import { fakeTarget } from '../testing/fake-target.ts';
import { podNamed } from '../testing/objects.ts';
import { logCommands } from './command-log.ts';

const Pod = { apiVersion: 'v1', kind: 'Pod' };
const Deployment = { apiVersion: 'apps/v1', kind: 'Deployment' };
const manifest = (file: string) => ({ file, line: 1, object: { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'x' } }, lineOf: () => 1 });

async function play(id: 'maqueta' | 'minikube') {
  const target = fakeTarget({ id });
  const done = async () => undefined;
  Object.assign(target.actions, {
    apply: async () => podNamed('x'),
    delete: done,
    scale: done,
    setImage: done,
    patch: done,
    taint: done,
    untaint: done,
    label: done,
    unlabel: done,
    cordon: done,
    uncordon: done,
    evict: done,
    logs: async () => '',
    proxyGet: async () => ({ status: 200, body: '' }),
  });
  const log = logCommands(target);
  const { cluster, actions } = log.target;
  await actions.createNamespace('lab-04-x', { 'bitacora.lab': '04' });
  await actions.apply(manifest('manifests/04-x/web.yaml'), 'lab-04-x', { dryRun: true });
  await actions.apply(manifest('manifests/04-x/web.yaml'), 'lab-04-x');
  for (let turn = 0; turn < 5; turn++) await cluster.list({ ...Pod, namespace: 'lab-04-x', labels: 'app=web' });
  await cluster.list({ ...Pod, namespace: 'lab-04-x', labels: 'app in (a, b)' });
  for await (const _ of cluster.watch({ ...Pod, namespace: 'lab-04-x', labels: 'app in (a, b)' }, '1', new AbortController().signal));
  await actions.delete({ ...podNamed('web-0'), metadata: { ...podNamed('web-0').metadata, namespace: 'lab-04-x' } } as KubeObject, { gracePeriod: '1500ms' });
  await cluster.get(Pod, 'lab-04-x', 'web-0');
  await actions.scale(Deployment, 'lab-04-x', 'web', 2);
  await actions.setImage(Deployment, 'lab-04-x', 'web', 'app', 'node:24.21-alpine');
  await actions.patch(Deployment, 'lab-04-x', 'web', { spec: { paused: true } });
  await actions.taint('nodo1', { key: 'obras', value: 'si', effect: 'NoSchedule' });
  await actions.untaint('nodo1', { key: 'obras', effect: 'NoSchedule' });
  await actions.cordon('nodo1');
  await actions.evict({ ...podNamed('web-0'), metadata: { ...podNamed('web-0').metadata, namespace: 'lab-04-x' } } as KubeObject);
  await actions.uncordon('nodo1');
  await actions.label('nodo1', 'disco', 'rapido');
  await actions.unlabel('nodo1', 'disco');
  await actions.logs('lab-04-x', 'web-0', { container: 'app', previous: true });
  await actions.proxyGet('lab-04-x', 'web-0', 8080, '/muere');
  return log.commands();
}

it('cada cosa que el laboratorio pide tiene su orden, y mirar muchas veces es una sola', async () => {
  expect(await play('minikube')).toMatchInlineSnapshot(`
    [
      "kubectl --context minikube create namespace lab-04-x",
      "kubectl --context minikube label namespace lab-04-x bitacora.lab=04",
      "kubectl --context minikube -n lab-04-x apply --server-side -f manifests/04-x/web.yaml",
      "kubectl --context minikube -n lab-04-x get pod -l app=web",
      "kubectl --context minikube -n lab-04-x get pod -l 'app in (a, b)' --watch",
      "kubectl --context minikube -n lab-04-x delete pod web-0 --grace-period=2 --wait=false",
      "kubectl --context minikube -n lab-04-x get pod web-0",
      "kubectl --context minikube -n lab-04-x scale deployment web --replicas=2",
      "kubectl --context minikube -n lab-04-x set image deployment web app=node:24.21-alpine",
      "kubectl --context minikube -n lab-04-x patch deployment web -p '{"spec":{"paused":true}}'",
      "kubectl --context minikube taint node nodo1 --overwrite obras=si:NoSchedule",
      "kubectl --context minikube taint node nodo1 obras:NoSchedule-",
      "kubectl --context minikube cordon nodo1",
      "kubectl --context minikube create --raw /api/v1/namespaces/lab-04-x/pods/web-0/eviction -f -",
      "kubectl --context minikube uncordon nodo1",
      "kubectl --context minikube label node nodo1 --overwrite disco=rapido",
      "kubectl --context minikube label node nodo1 disco-",
      "kubectl --context minikube -n lab-04-x logs web-0 -c app --previous",
      "kubectl --context minikube get --raw /api/v1/namespaces/lab-04-x/pods/web-0:8080/proxy/muere",
    ]
  `);
});

it('la maqueta no se nombra con kubectl: sus órdenes son para minikube, nunca para el contexto actual', async () => {
  expect(await play('maqueta')).toEqual(await play('minikube'));
});
