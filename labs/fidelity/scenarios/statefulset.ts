import { allReady, disk, headless, pod, rollTo, statefulSet, statefulSetReady } from '../pieces.ts';
import type { DeclaredOrder, Scenario } from '../scenario.ts';

const whole: readonly DeclaredOrder[] = [{ kind: 'Pod', milestones: ['creado', 'listo', 'borrándose', 'borrado'] }];

export const statefulSetScenarios: readonly Scenario[] = [
  {
    id: 'statefulset-orden',
    title: 'Un StatefulSet crea del 0 en adelante y quita del último hacia atrás, de uno en uno',
    order: whole,
    steps: [
      { title: 'crear con 3', act: [{ apply: headless() }, { apply: statefulSet(3) }], until: statefulSetReady(3) },
      { title: 'escalar a 1', act: [{ scale: 'StatefulSet/web', to: 1 }], until: statefulSetReady(1) },
      { title: 'escalar a 2', act: [{ scale: 'StatefulSet/web', to: 2 }], until: statefulSetReady(2) },
    ],
  },
  {
    id: 'statefulset-paralelo',
    title: 'Parallel los crea y los quita a la vez',
    order: whole,
    steps: [
      { title: 'crear con 3', act: [{ apply: headless() }, { apply: statefulSet(3, { podManagementPolicy: 'Parallel' }) }], until: statefulSetReady(3) },
      { title: 'escalar a 0', act: [{ scale: 'StatefulSet/web', to: 0 }], until: statefulSetReady(0) },
    ],
  },
  {
    id: 'statefulset-matar',
    title: 'Un Pod matado vuelve con su nombre y otro UID, y no antes de que el viejo se haya ido',
    order: whole,
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(2) }], until: statefulSetReady(2) },
      { title: 'matar web-0', act: [{ delete: 'Pod/web-0' }], until: statefulSetReady(2) },
      { title: 'matar web-1 sin gracia', act: [{ delete: 'Pod/web-1', grace: 0 }], until: statefulSetReady(2) },
    ],
  },
  {
    id: 'statefulset-rolling',
    title: 'Se actualiza del último al primero, y cada uno espera a que el anterior esté listo',
    order: whole,
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(3) }], until: statefulSetReady(3) },
      { title: 'cambiar la plantilla', act: [rollTo('StatefulSet', '2')], until: statefulSetReady(3), within: '120s' },
    ],
  },
  {
    id: 'statefulset-particion',
    title: 'Por debajo de la partición nadie cambia, ni siquiera al morir; al bajarla, cambian',
    order: whole,
    steps: [
      {
        title: 'crear',
        act: [{ apply: headless() }, { apply: statefulSet(3, { updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 2 } } }) }],
        until: statefulSetReady(3),
      },
      {
        title: 'cambiar la plantilla',
        act: [rollTo('StatefulSet', '2')],
        until: [{ of: 'StatefulSet/web', is: { 'status.updatedReplicas': 1, 'status.readyReplicas': 3 } }, allReady(3)],
      },
      {
        title: 'matar uno por debajo',
        act: [{ delete: 'Pod/web-0' }],
        until: [{ of: 'StatefulSet/web', is: { 'status.updatedReplicas': 1, 'status.readyReplicas': 3 } }, allReady(3)],
      },
      {
        title: 'bajar la partición a 0',
        act: [{ patch: 'StatefulSet/web', with: { spec: { updateStrategy: { rollingUpdate: { partition: 0 } } } } }],
        until: statefulSetReady(3),
        within: '120s',
      },
    ],
  },
  {
    id: 'statefulset-on-delete',
    title: 'Con OnDelete solo cambia quien se borra',
    order: whole,
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(2, { updateStrategy: { type: 'OnDelete' } }) }], until: statefulSetReady(2) },
      {
        title: 'cambiar la plantilla',
        act: [rollTo('StatefulSet', '2')],
        until: [{ of: 'StatefulSet/web', is: { 'status.updatedReplicas': null, 'status.readyReplicas': 2 } }],
      },
      {
        title: 'matar web-1',
        act: [{ delete: 'Pod/web-1' }],
        until: [{ of: 'StatefulSet/web', is: { 'status.updatedReplicas': 1, 'status.readyReplicas': 2 } }, allReady(2)],
      },
      { title: 'matar web-0', act: [{ delete: 'Pod/web-0' }], until: statefulSetReady(2) },
    ],
  },
  {
    id: 'statefulset-plantilla-rota',
    title: 'Con una plantilla rota se queda en el último, y volver atrás no lo arregla hasta borrarlo',
    order: whole,
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(2) }], until: statefulSetReady(2) },
      {
        title: 'cambiar a una que nunca está lista',
        act: [
          {
            patch: 'StatefulSet/web',
            as: 'strategic',
            with: {
              spec: {
                template: {
                  spec: { containers: [{ name: 'app', readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 1 } }] },
                },
              },
            },
          },
        ],
        until: [
          { of: 'StatefulSet/web', is: { 'status.updatedReplicas': 1, 'status.readyReplicas': 1 } },
          { pods: 'app=web', total: 2, ready: 1 },
          { event: 'Unhealthy', about: 'Pod' },
        ],
      },
      {
        title: 'volver atrás',
        act: [{ patch: 'StatefulSet/web', as: 'json', with: [{ op: 'remove', path: '/spec/template/spec/containers/0/readinessProbe' }] }],
        until: [{ of: 'StatefulSet/web', is: { 'status.readyReplicas': 1 } }],
        settle: '5s',
      },
      { title: 'borrar el roto', act: [{ delete: 'Pod/web-1' }], until: statefulSetReady(2) },
    ],
  },
  {
    id: 'statefulset-primer-ordinal',
    title: 'ordinals.start corre la numeración',
    order: whole,
    steps: [
      { title: 'crear desde 5', act: [{ apply: headless() }, { apply: statefulSet(2, { ordinals: { start: 5 } }) }], until: statefulSetReady(2) },
      {
        title: 'empezar en 6',
        act: [{ patch: 'StatefulSet/web', with: { spec: { ordinals: { start: 6 } } } }],
        until: [...statefulSetReady(2), { gone: 'Pod/web-5' }],
        within: '90s',
      },
    ],
  },
  {
    id: 'statefulset-disco-que-se-queda',
    title: 'Al reducir y al borrar, los PVC se quedan; al volver, cada Pod encuentra el suyo',
    order: [...whole, { kind: 'PersistentVolumeClaim', milestones: ['creado', 'borrado'] }],
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(2, { volumeClaimTemplates: disk }) }], until: statefulSetReady(2), within: '120s' },
      { title: 'escalar a 1', act: [{ scale: 'StatefulSet/web', to: 1 }], until: statefulSetReady(1) },
      { title: 'escalar a 2', act: [{ scale: 'StatefulSet/web', to: 2 }], until: statefulSetReady(2) },
      { title: 'borrar el StatefulSet', act: [{ delete: 'StatefulSet/web' }], until: [{ gone: 'StatefulSet/web' }, { pods: 'app=web', total: 0 }] },
    ],
  },
  {
    id: 'statefulset-disco-que-se-va',
    title: 'persistentVolumeClaimRetentionPolicy: Delete borra el PVC del que sobra y el de todos al final',
    order: [{ kind: 'PersistentVolumeClaim', milestones: ['creado', 'borrado'] }],
    // Si al poner dueño al PVC choca con el planificador, el controlador no llega a contar que creó el Pod: el suceso sale o no.
    looseEvents: ['SuccessfulCreate'],
    steps: [
      {
        title: 'crear',
        act: [
          { apply: headless() },
          { apply: statefulSet(2, { volumeClaimTemplates: disk, persistentVolumeClaimRetentionPolicy: { whenScaled: 'Delete', whenDeleted: 'Delete' } }) },
        ],
        until: statefulSetReady(2),
        within: '120s',
      },
      {
        title: 'escalar a 1',
        act: [{ scale: 'StatefulSet/web', to: 1 }],
        until: [...statefulSetReady(1), { count: 'PersistentVolumeClaim', equals: 1 }, { count: 'PersistentVolume', equals: 1 }],
        within: '120s',
      },
      {
        title: 'borrar el StatefulSet',
        act: [{ delete: 'StatefulSet/web' }],
        until: [{ gone: 'StatefulSet/web' }, { count: 'PersistentVolumeClaim', equals: 0 }, { count: 'PersistentVolume', equals: 0 }],
        within: '120s',
      },
    ],
  },
  {
    id: 'statefulset-nombre-ocupado',
    title: 'Un Pod ajeno con el nombre de una réplica la deja sin nacer hasta que se va',
    steps: [
      {
        title: 'un Pod suelto llamado web-1',
        act: [{ apply: pod('web-1', {}, { labels: { app: 'otra' } }) }],
        until: [{ pods: 'app=otra', total: 1, ready: 1 }],
      },
      {
        title: 'crear con 2',
        act: [{ apply: headless() }, { apply: statefulSet(2) }],
        until: [
          { of: 'StatefulSet/web', is: { 'status.readyReplicas': 1 } },
          { pods: 'app=web', total: 1, ready: 1 },
        ],
        settle: '4s',
      },
      { title: 'quitar el ajeno', act: [{ delete: 'Pod/web-1' }], until: statefulSetReady(2), within: '90s' },
    ],
  },
  {
    id: 'statefulset-identidad',
    title: 'Cada réplica lleva su nombre, su ordinal, su subdominio y la huella de su revisión',
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(2) }], until: [...statefulSetReady(2), { endpoints: 'web', ready: 2 }] },
      {
        title: 'leer',
        act: [
          {
            read: 'Pod/web-1',
            fields: [
              'metadata.labels',
              'spec.hostname',
              'spec.subdomain',
              'metadata.ownerReferences[0].kind',
              'spec.restartPolicy',
              'spec.terminationGracePeriodSeconds',
              'spec.tolerations',
              'spec.containers[0]',
            ],
          },
          { read: 'StatefulSet/web', fields: ['spec'] },
        ],
      },
    ],
  },
  {
    id: 'statefulset-cambio-sobre-cambio',
    title: 'Cambiar la plantilla con el cambio anterior atascado, y en Parallel, sustituye al Pod atascado sin esperar a que esté listo',
    steps: [
      {
        title: 'crear',
        act: [{ apply: headless() }, { apply: statefulSet(2, { podManagementPolicy: 'Parallel' }) }],
        until: statefulSetReady(2),
      },
      {
        title: 'cambiar a una que no cabe en ningún nodo',
        act: [{ patch: 'StatefulSet/web', as: 'strategic', with: { spec: { template: { spec: { nodeSelector: { 'fidelidad.lab/nadie': 'si' } } } } } }],
        until: [
          { event: 'FailedScheduling', about: 'Pod' },
          { of: 'StatefulSet/web', is: { 'status.replicas': 2, 'status.updatedReplicas': 1 } },
        ],
        settle: '4s',
      },
      {
        title: 'cambiar otra vez',
        act: [rollTo('StatefulSet', '2')],
        until: [{ of: 'StatefulSet/web', is: { 'status.replicas': 2, 'status.updatedReplicas': 1 } }],
        settle: '4s',
      },
    ],
  },
];
