import { allReady, container, idle, pod } from '../pieces.ts';
import type { Manifest, Scenario } from '../scenario.ts';

const claim = (name: string, spec: Readonly<Record<string, unknown>> = {}): Manifest => ({
  apiVersion: 'v1',
  kind: 'PersistentVolumeClaim',
  metadata: { name },
  spec: { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '16Mi' } }, ...spec },
});

const mounted = (claimName: string) => ({
  containers: [container(idle, { volumeMounts: [{ name: 'datos', mountPath: '/datos' }] })],
  volumes: [{ name: 'datos', persistentVolumeClaim: { claimName } }],
});

export const volumeScenarios: readonly Scenario[] = [
  {
    id: 'pvc-espera-a-su-pod',
    title: 'Con WaitForFirstConsumer el PVC no se enlaza hasta que un Pod lo pide, y no se va mientras lo use',
    steps: [
      {
        title: 'crear el PVC',
        act: [{ apply: claim('datos') }],
        until: [
          { of: 'PersistentVolumeClaim/datos', is: { 'status.phase': 'Pending' } },
          { event: 'WaitForFirstConsumer', about: 'PersistentVolumeClaim' },
        ],
      },
      {
        title: 'usarlo',
        act: [{ apply: pod('web', mounted('datos')) }],
        until: [allReady(1), { of: 'PersistentVolumeClaim/datos', is: { 'status.phase': 'Bound' } }],
        within: '90s',
      },
      { title: 'borrar el PVC en uso', act: [{ delete: 'PersistentVolumeClaim/datos' }], until: [{ exists: 'PersistentVolumeClaim/datos' }, allReady(1)] },
      {
        title: 'borrar el Pod',
        act: [{ delete: 'Pod/web' }],
        until: [{ gone: 'Pod/web' }, { gone: 'PersistentVolumeClaim/datos' }, { count: 'PersistentVolume', equals: 0 }],
        within: '120s',
      },
    ],
  },
  {
    id: 'pvc-que-no-existe',
    title: 'Un Pod que nombra un PVC que no existe se queda sin nodo, con el motivo',
    steps: [
      { title: 'crear el Pod', act: [{ apply: pod('web', mounted('datos')) }], until: [{ event: 'FailedScheduling', about: 'Pod' }] },
      { title: 'crear el PVC', act: [{ apply: claim('datos') }], until: [allReady(1)], within: '90s' },
    ],
  },
  {
    id: 'pvc-clase-que-no-existe',
    title: 'Un PVC con una clase que no existe se queda Pending y su Pod, sin nodo',
    steps: [
      {
        title: 'crear los dos',
        act: [{ apply: claim('datos', { storageClassName: 'no-existe' }) }, { apply: pod('web', mounted('datos')) }],
        until: [
          { event: 'ProvisioningFailed', about: 'PersistentVolumeClaim' },
          { event: 'FailedScheduling', about: 'Pod' },
        ],
        settle: '3s',
      },
    ],
  },
];
