import { container, daemonSet, daemonSetReady, idle, rollTo, template } from '../pieces.ts';
import type { Scenario } from '../scenario.ts';

export const daemonSetScenarios: readonly Scenario[] = [
  {
    id: 'daemonset-crear-matar',
    title: 'Un DaemonSet pone un Pod por nodo y repone el que se mata',
    steps: [
      { title: 'crear', act: [{ apply: daemonSet() }], until: daemonSetReady(3) },
      { title: 'matar uno', act: [{ delete: 'Pod/?app=web' }], until: daemonSetReady(3) },
      { title: 'borrar', act: [{ delete: 'DaemonSet/web' }], until: [{ gone: 'DaemonSet/web' }, { pods: 'app=web', total: 0 }] },
    ],
  },
  {
    id: 'daemonset-rolling',
    title: 'Con maxUnavailable 1 se actualiza nodo a nodo: el viejo se va antes de que llegue el nuevo',
    order: [{ kind: 'Pod', milestones: ['creado', 'listo', 'acabado'] }],
    steps: [
      { title: 'crear', act: [{ apply: daemonSet() }], until: daemonSetReady(3) },
      { title: 'cambiar la plantilla', act: [rollTo('DaemonSet', '2')], until: daemonSetReady(3), within: '120s' },
    ],
  },
  {
    id: 'daemonset-max-surge',
    title: 'Con maxSurge 1 el nuevo está listo antes de que se vaya el viejo del mismo nodo',
    order: [{ kind: 'Pod', milestones: ['creado', 'listo', 'borrándose'] }],
    steps: [
      { title: 'crear', act: [{ apply: daemonSet({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }) }], until: daemonSetReady(3) },
      { title: 'cambiar la plantilla', act: [rollTo('DaemonSet', '2')], until: daemonSetReady(3), within: '120s' },
    ],
  },
  {
    id: 'daemonset-max-surge-atascado',
    title: 'Con maxSurge 1 una plantilla que nunca está lista no quita servicio: en un nodo hay dos, y en los demás sigue el viejo',
    steps: [
      { title: 'crear', act: [{ apply: daemonSet({ updateStrategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }) }], until: daemonSetReady(3) },
      {
        title: 'cambiar a una que nunca está lista',
        act: [
          {
            patch: 'DaemonSet/web',
            as: 'strategic',
            with: { spec: { template: { spec: { containers: [{ name: 'app', readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } }] } } } },
          },
        ],
        until: [
          { pods: 'app=web', total: 4, ready: 3 },
          { of: 'DaemonSet/web', is: { 'status.numberAvailable': 3 } },
        ],
        settle: '4s',
      },
      {
        title: 'volver a la buena',
        act: [{ patch: 'DaemonSet/web', as: 'strategic', with: { spec: { template: { spec: { containers: [{ name: 'app', readinessProbe: null }] } } } } }],
        until: daemonSetReady(3),
        within: '120s',
      },
    ],
  },
  {
    id: 'daemonset-on-delete',
    title: 'Con OnDelete solo cambia el que se borra',
    steps: [
      { title: 'crear', act: [{ apply: daemonSet({ updateStrategy: { type: 'OnDelete' } }) }], until: daemonSetReady(3) },
      {
        title: 'cambiar la plantilla',
        act: [rollTo('DaemonSet', '2')],
        until: [{ of: 'DaemonSet/web', is: { 'status.updatedNumberScheduled': null, 'status.numberAvailable': 3 } }],
      },
      {
        title: 'matar uno',
        act: [{ delete: 'Pod/?app=web' }],
        until: [
          { of: 'DaemonSet/web', is: { 'status.updatedNumberScheduled': 1, 'status.numberAvailable': 3 } },
          { pods: 'app=web', total: 3, ready: 3 },
        ],
      },
    ],
  },
  {
    id: 'daemonset-node-selector',
    title: 'Con nodeSelector corre solo en el nodo que lleva la etiqueta, y se va cuando la pierde',
    nodes: ['a'],
    cleanup: [{ patch: 'Node/@a', with: { metadata: { labels: { fidelidad: null } } } }],
    steps: [
      {
        title: 'crear sin ningún nodo que case',
        act: [{ apply: daemonSet({ template: template({ nodeSelector: { fidelidad: 'si' } }) }) }],
        until: [{ of: 'DaemonSet/web', is: { 'status.desiredNumberScheduled': 0 } }],
      },
      { title: 'etiquetar un nodo', act: [{ patch: 'Node/@a', with: { metadata: { labels: { fidelidad: 'si' } } } }], until: daemonSetReady(1) },
      {
        title: 'quitar la etiqueta',
        act: [{ patch: 'Node/@a', with: { metadata: { labels: { fidelidad: null } } } }],
        until: [
          { of: 'DaemonSet/web', is: { 'status.desiredNumberScheduled': 0, 'status.currentNumberScheduled': 0 } },
          { pods: 'app=web', total: 0 },
        ],
      },
    ],
  },
  {
    id: 'daemonset-taint',
    title: 'Un taint NoExecute echa al Pod del DaemonSet que no lo tolera, y un nodo acordonado no',
    nodes: ['a'],
    cleanup: [{ patch: 'Node/@a', with: { spec: { taints: null, unschedulable: null } } }],
    steps: [
      { title: 'crear', act: [{ apply: daemonSet() }], until: daemonSetReady(3) },
      {
        title: 'acordonar',
        act: [{ patch: 'Node/@a', with: { spec: { unschedulable: true } } }],
        until: daemonSetReady(3),
      },
      { title: 'descordonar', act: [{ patch: 'Node/@a', with: { spec: { unschedulable: null } } }], until: daemonSetReady(3) },
      {
        title: 'marcar con NoExecute',
        act: [{ patch: 'Node/@a', with: { spec: { taints: [{ key: 'fidelidad', value: 'si', effect: 'NoExecute' }] } } }],
        until: daemonSetReady(2),
      },
      {
        title: 'tolerarlo',
        act: [
          {
            patch: 'DaemonSet/web',
            as: 'strategic',
            with: { spec: { template: { spec: { tolerations: [{ key: 'fidelidad', operator: 'Exists' }], containers: [container(idle)] } } } },
          },
        ],
        until: daemonSetReady(3),
        within: '120s',
      },
    ],
  },
];
