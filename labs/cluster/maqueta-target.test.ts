import { afterEach, beforeEach, expect, test } from 'vitest';
import { applyAll } from '../apply-all.ts';
import { absent, allOf, isReady, otherUid, podCount, readyPods, replicasReady } from '../engine/checks.ts';
import { PersistentVolumeClaim, Pod, StatefulSet } from '../engine/kinds.ts';
import type { LabError } from '../engine/lab-error.ts';
import type { KubeObject, Target } from '../engine/ports.ts';
import { openTimeline } from '../engine/timeline.ts';
import { readyInOrder } from '../engine/timeline-checks.ts';
import { eventually } from '../engine/wait.ts';
import { chooseTarget } from './choose-target.ts';
import { cleanUp } from './cleanup.ts';
import { openMaquetaTarget } from './maqueta-target.ts';
import { parseManifest } from './parse-manifest.ts';
import { labStatus } from './status.ts';

const namespace = 'lab-07-abcd';
const { signal } = new AbortController();
const yaml = (replicas = 'replicas: 3') => `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { clusterIP: None, selector: { app: web }, ports: [{ port: 80 }] }
---
apiVersion: apps/v1
kind: StatefulSet
metadata: { name: web }
spec:
  ${replicas}
  serviceName: web
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      terminationGracePeriodSeconds: 1
      containers: [{ name: app, image: 'registry.k8s.io/pause:3.10.1' }]
  volumeClaimTemplates:
    - metadata: { name: disco }
      spec: { accessModes: [ReadWriteOnce], resources: { requests: { storage: 1Gi } } }
`;

let target: Target;

beforeEach(async () => {
  target = await openMaquetaTarget({ freeze: true });
});

afterEach(() => target.close());

const world = () => ({ clock: target.clock, signal, onWaiting: () => undefined });
const pods = async () => (await target.cluster.list({ ...Pod, namespace, labels: 'app=web' })).items;

/** Crea el espacio, observa y aplica: la historia de un StatefulSet hasta que está listo. */
async function play() {
  await target.actions.createNamespace(namespace, { 'bitacora.lab': '07' });
  const timeline = await openTimeline({ ...Pod, namespace }, { cluster: target.cluster, clock: target.clock, start: target.clock.now(), signal });
  await applyAll(target.actions, parseManifest(yaml(), 'web.yaml'), namespace);
  await eventually(() => target.cluster.get(StatefulSet, namespace, 'web'), replicasReady(3), { within: '3m' }, world());
  return timeline;
}

test('un StatefulSet queda listo en orden, se repone con el mismo nombre y se limpia sin restos', async () => {
  const timeline = await play();
  expect(readyInOrder('web-0', 'web-1', 'web-2').test(timeline.seen())).toEqual({ ok: true });
  expect((await labStatus(target.cluster, '07')).map(({ contents }) => contents)).toEqual([
    ['StatefulSet web 3/3', 'Pods 3/3 Ready', 'Services 1', 'PVC 3 Bound'],
  ]);
  const before = (await target.cluster.get(Pod, namespace, 'web-1')) as KubeObject;
  await target.actions.delete(before);
  await eventually(() => target.cluster.get(Pod, namespace, 'web-1'), allOf(isReady(), otherUid(before)), { within: '60s' }, world());
  expect((await target.cluster.list({ ...PersistentVolumeClaim, namespace })).items).toHaveLength(3);
  expect(await cleanUp(target, { lab: '07', signal })).toMatchObject({ namespaces: [namespace], leftovers: [] });
  await eventually(() => target.cluster.get(StatefulSet, namespace, 'web'), absent(), { within: '1s' }, world());
});

test('la misma semilla cuenta la misma historia, suceso a suceso y al mismo instante', async () => {
  const tell = async () => {
    const timeline = await play();
    return timeline.seen().map(({ at, type, object }) => `${at} ${type} ${object.metadata.name} ${object.metadata.uid} ${object.metadata.resourceVersion}`);
  };
  const first = await tell();
  await target.close();
  target = await openMaquetaTarget({ freeze: true });
  expect(await tell()).toEqual(first);
  expect(first.length).toBeGreaterThan(9);
});

test('escalar, cambiar la imagen y leer lo que no existe', async () => {
  await play();
  await target.actions.scale(StatefulSet, namespace, 'web', 1);
  await eventually(pods, allOf(podCount(1), readyPods(1)), { within: '60s' }, world());
  await target.actions.setImage(StatefulSet, namespace, 'web', 'app', 'registry.k8s.io/pause:3.9');
  expect((await target.cluster.get(StatefulSet, namespace, 'web'))?.spec.template.spec.containers[0].image).toBe('registry.k8s.io/pause:3.9');
  expect(await target.cluster.get(Pod, namespace, 'nadie')).toBeUndefined();
});

test('un campo que no existe se rechaza con su archivo y su línea, y no se crea nada', async () => {
  await target.actions.createNamespace(namespace, { 'bitacora.lab': '07' });
  const error = await applyAll(target.actions, parseManifest(yaml('replicass: 3'), 'web.yaml'), namespace).then(
    () => undefined,
    (reason: LabError) => reason,
  );
  expect(error).toMatchObject({ code: 'MANIFEST', where: 'web.yaml:10', message: expect.stringContaining('replicass') });
  expect((await target.cluster.list({ apiVersion: 'v1', kind: 'Service', namespace })).items).toEqual([]);
});

test('apagar un nodo lo deja sin noticias, y encenderlo lo trae de vuelta; uno que no hay se dice', async () => {
  const nodo = () => target.cluster.get({ apiVersion: 'v1', kind: 'Node' }, undefined, 'maqueta-nodo2');
  const ready = (status: string) => ({
    describe: `Ready=${status}`,
    test: (node: KubeObject | undefined) => {
      const found: string = node?.status.conditions.find(({ type }: { type: string }) => type === 'Ready').status;
      return found === status ? ({ ok: true } as const) : ({ ok: false, mismatch: { path: 'Ready', expected: status, found } } as const);
    },
  });
  await target.actions.powerOff('maqueta-nodo2');
  await eventually(nodo, ready('Unknown'), { within: '60s' }, world());
  await target.actions.powerOn('maqueta-nodo2');
  await eventually(nodo, ready('True'), { within: '10s' }, world());
  await expect(target.actions.powerOff('nodo9')).rejects.toThrow(
    'La maqueta no tiene ninguna máquina «nodo9»; tiene: maqueta-control, maqueta-nodo1, maqueta-nodo2, maqueta-nodo3.',
  );
});

test('sin minikube se elige la maqueta y se dice por qué', async () => {
  const chosen = await chooseTarget({
    wish: { kind: 'automatic' },
    place: { KUBECONFIG: '/no-existe', home: '/no-existe' },
    tallerCache: '/no-existe',
    run: async () => undefined,
  });
  expect(chosen.target).toMatchObject({ id: 'maqueta', title: 'maqueta (Kubernetes simulado)', kubectlArguments: [], clock: { isVirtual: true } });
  expect(chosen.instead).toBe('minikube no está instalado.');
  await chosen.target.close();
});

test('con la palabra minikube no se cambia de destino a escondidas', async () => {
  const place = { KUBECONFIG: '/no-existe', home: '/no-existe' };
  await expect(chooseTarget({ wish: { kind: 'minikube' }, place, tallerCache: '/no-existe', run: async () => undefined })).rejects.toThrow(
    'minikube no está instalado.',
  );
});
