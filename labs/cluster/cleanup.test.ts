import { expect, test } from 'vitest';
import { createFakeClock } from '../testing/fake-clock.ts';
import { createFakeCluster } from '../testing/fake-cluster.ts';
import { cleanUp } from './cleanup.ts';
import { labStatus } from './status.ts';

const { signal } = new AbortController();

function createWorld() {
  const clock = createFakeClock();
  const target = createFakeCluster(clock);
  const space = (name: string, lab = '04', more: object = {}) =>
    target.put({ kind: 'Namespace', metadata: { name, labels: { 'bitacora.lab': lab } }, ...more });
  const volume = (name: string, namespace: string, phase: string, policy = 'Delete') =>
    target.put({ kind: 'PersistentVolume', metadata: { name }, spec: { claimRef: { namespace }, persistentVolumeReclaimPolicy: policy }, status: { phase } });
  return { clock, target, space, volume };
}

test('borra los espacios de este laboratorio y no toca ningún otro', async () => {
  const { target, space, volume } = createWorld();
  space('lab-04-aaaa');
  space('lab-05-bbbb', '05');
  target.put({ kind: 'Namespace', metadata: { name: 'produccion' } });
  target.put({ kind: 'PersistentVolumeClaim', metadata: { name: 'disco', namespace: 'lab-04-aaaa' } });
  volume('ajeno', 'produccion', 'Released', 'Retain');
  expect(await cleanUp(target, { lab: '04', signal })).toEqual({
    namespaces: ['lab-04-aaaa'],
    claims: ['lab-04-aaaa/disco'],
    volumes: [],
    leftovers: [],
    took: 0,
  });
  expect(target.done).toEqual(['delete Namespace lab-04-aaaa']);
});

test('pidiéndole unos espacios, los demás del mismo laboratorio ni se tocan ni cuentan como restos', async () => {
  const { clock, target, space, volume } = createWorld();
  space('lab-04-aaaa');
  space('lab-04-otro');
  // El espacio ya se fue y su volumen todavía no.
  volume('pv-1', 'lab-04-ido', 'Released');
  clock.at(1000, () => target.remove('PersistentVolume', 'pv-1'));
  volume('pv-ajeno', 'lab-04-zzzz', 'Released', 'Retain');
  const report = await cleanUp(target, { lab: '04', signal, only: ['lab-04-aaaa', 'lab-04-ido'] });
  expect(report).toMatchObject({ namespaces: ['lab-04-aaaa', 'lab-04-ido'], volumes: [], leftovers: [], took: 1000 });
  expect(target.done).toEqual(['delete Namespace lab-04-aaaa']);
});

test('espera a que el aprovisionador borre sus volúmenes', async () => {
  const { clock, target, space, volume } = createWorld();
  space('lab-04-aaaa');
  volume('pv-1', 'lab-04-aaaa', 'Released');
  clock.at(3000, () => target.remove('PersistentVolume', 'pv-1'));
  expect(await cleanUp(target, { lab: '04', signal })).toMatchObject({ volumes: [], leftovers: [], took: 3000 });
});

test('un volumen que nadie va a borrar se borra aquí: el que se conserva y el que su aprovisionador olvidó', async () => {
  const { target, space, volume } = createWorld();
  space('lab-04-aaaa');
  volume('pv-olvidado', 'lab-04-aaaa', 'Released');
  volume('pv-de-otra-vez', 'lab-04-zzzz', 'Released', 'Retain');
  expect(await cleanUp(target, { lab: '04', signal })).toMatchObject({ volumes: ['pv-de-otra-vez', 'pv-olvidado'], leftovers: [], took: 20_500 });
});

test('lo que se resiste se nombra con lo que dice el clúster', async () => {
  const { target, space } = createWorld();
  const stuck = space('lab-04-aaaa', '04', {
    status: {
      conditions: [
        {
          type: 'NamespaceFinalizersRemaining',
          status: 'True',
          message: 'Some content in the namespace has finalizers remaining: kubernetes.io/pvc-protection in 1 resource instances',
        },
      ],
    },
  });
  target.actions.delete = async () => undefined;
  target.put({
    kind: 'PersistentVolume',
    metadata: { name: 'pv-1', deletionTimestamp: '2026-11-20T09:00:00Z', finalizers: ['kubernetes.io/pv-protection'] },
    spec: { claimRef: { namespace: stuck.metadata.name } },
  });
  expect(await cleanUp(target, { lab: '04', signal, within: '10s' })).toMatchObject({
    took: 10_000,
    leftovers: [
      {
        kind: 'Namespace',
        name: 'lab-04-aaaa',
        why: 'Some content in the namespace has finalizers remaining: kubernetes.io/pvc-protection in 1 resource instances',
      },
      { kind: 'PersistentVolume', name: 'pv-1', why: 'lo retienen sus finalizers: kubernetes.io/pv-protection' },
    ],
  });
});

test('el estado cuenta lo que hay dentro, sin repetir lo que ya cuenta su dueño', async () => {
  const { target, space } = createWorld();
  const namespace = space('lab-04-aaaa').metadata.name;
  target.put({ apiVersion: 'apps/v1', kind: 'Deployment', metadata: { name: 'web', namespace }, spec: { replicas: 3 }, status: { readyReplicas: 2 } });
  target.put({
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name: 'web-1', namespace, ownerReferences: [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'web', uid: 'u', controller: true }] },
  });
  target.put({ apiVersion: 'apps/v1', kind: 'DaemonSet', metadata: { name: 'agente', namespace }, status: { numberReady: 3, desiredNumberScheduled: 3 } });
  target.put({ kind: 'Pod', metadata: { name: 'web-1-a', namespace }, status: { conditions: [{ type: 'Ready', status: 'True' }] } });
  target.put({ kind: 'PersistentVolumeClaim', metadata: { name: 'disco', namespace }, status: { phase: 'Bound' } });
  expect(await labStatus(target.cluster, '04')).toEqual([
    {
      namespace,
      lab: '04',
      createdAt: '2026-11-20T09:00:00Z',
      isTerminating: false,
      contents: ['Deployment web 2/3', 'DaemonSet agente 3/3', 'Pods 1/1 Ready', 'PVC 1 Bound'],
    },
  ]);
});
