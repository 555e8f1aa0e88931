import { allReady, container, deployment, idle, pod, replicaSet, template } from '../pieces.ts';
import type { Condition, Scenario } from '../scenario.ts';

const pending = (name: string): Condition[] => [
  { pod: `Pod/${name}`, status: 'Pending' },
  { event: 'FailedScheduling', about: 'Pod' },
];

export const schedulingScenarios: readonly Scenario[] = [
  {
    id: 'no-caber',
    title: 'Un Pod que no cabe se queda Pending y el mensaje dice por qué en cada nodo',
    steps: [
      {
        title: 'pedir mil procesadores',
        act: [{ apply: pod('web', { containers: [container(idle, { resources: { requests: { cpu: '1000' } } })] }) }],
        until: pending('web'),
      },
      {
        title: 'pedir además memoria',
        act: [{ apply: pod('otro', { containers: [container(idle, { resources: { requests: { cpu: '1000', memory: '100Ti' } } })] }) }],
        until: pending('otro'),
      },
    ],
  },
  {
    id: 'selector-que-no-casa',
    title: 'Un nodeSelector sin nodo que lo cumpla deja el Pod Pending, y etiquetar un nodo lo despierta',
    nodes: ['a'],
    cleanup: [{ patch: 'Node/@a', with: { metadata: { labels: { fidelidad: null } } } }],
    steps: [
      { title: 'crear', act: [{ apply: pod('web', { nodeSelector: { fidelidad: 'si' } }) }], until: pending('web') },
      { title: 'etiquetar un nodo', act: [{ patch: 'Node/@a', with: { metadata: { labels: { fidelidad: 'si' } } } }], until: [allReady(1)] },
    ],
  },
  {
    id: 'nombre-de-nodo',
    title: 'nodeName se salta al planificador',
    nodes: ['a'],
    steps: [{ title: 'crear en un nodo', act: [{ apply: pod('web', { nodeName: '@nodo-a' }) }], until: [allReady(1)] }],
  },
  {
    id: 'taint-y-tolerancia',
    title: 'Con todos los nodos marcados nadie entra; quien lo tolera, sí',
    nodes: ['a', 'b', 'c'],
    cleanup: ['a', 'b', 'c'].map((node) => ({ patch: `Node/@${node}` as const, with: { spec: { taints: null } } })),
    steps: [
      {
        title: 'marcar y crear',
        act: [
          ...['a', 'b', 'c'].map((node) => ({
            patch: `Node/@${node}` as const,
            with: { spec: { taints: [{ key: 'fidelidad', value: 'si', effect: 'NoSchedule' }] } },
          })),
          { apply: pod('web') },
        ],
        until: pending('web'),
      },
      {
        title: 'otro que lo tolera',
        act: [
          {
            apply: pod(
              'tolera',
              {
                nodeSelector: { 'kubernetes.io/hostname': '@nodo-b' },
                tolerations: [{ key: 'fidelidad', operator: 'Equal', value: 'si', effect: 'NoSchedule' }],
              },
              { labels: { app: 'tolera' } },
            ),
          },
        ],
        until: [{ pods: 'app=tolera', total: 1, ready: 1 }],
      },
      { title: 'quitar la marca a uno', act: [{ patch: 'Node/@a', with: { spec: { taints: null } } }], until: [allReady(1)] },
    ],
  },
  {
    id: 'taint-no-execute',
    title: 'Un taint NoExecute echa al que no lo tolera, y tolerationSeconds le da ese tiempo',
    nodes: ['a'],
    cleanup: [{ patch: 'Node/@a', with: { spec: { taints: null } } }],
    steps: [
      {
        title: 'crear en un nodo',
        act: [
          { apply: pod('web', { nodeName: '@nodo-a' }) },
          {
            apply: pod('paciente', { nodeName: '@nodo-a', tolerations: [{ key: 'fidelidad', operator: 'Exists', effect: 'NoExecute', tolerationSeconds: 6 }] }),
          },
          { apply: pod('inmune', { nodeName: '@nodo-a', tolerations: [{ key: 'fidelidad', operator: 'Exists' }] }) },
        ],
        until: [allReady(3)],
      },
      {
        title: 'marcar',
        act: [{ patch: 'Node/@a', with: { spec: { taints: [{ key: 'fidelidad', effect: 'NoExecute' }] } } }],
        until: [{ gone: 'Pod/web' }, { gone: 'Pod/paciente' }, allReady(1)],
      },
    ],
  },
  {
    id: 'antiafinidad',
    title: 'Con antiafinidad entre nodos, el cuarto no tiene sitio en tres',
    steps: [
      {
        title: 'crear 4',
        act: [
          {
            apply: replicaSet(4, {
              template: template({
                affinity: {
                  podAntiAffinity: {
                    requiredDuringSchedulingIgnoredDuringExecution: [{ labelSelector: { matchLabels: { app: 'web' } }, topologyKey: 'kubernetes.io/hostname' }],
                  },
                },
              }),
            }),
          },
        ],
        until: [
          { pods: 'app=web', total: 4, ready: 3 },
          { event: 'FailedScheduling', about: 'Pod' },
        ],
      },
    ],
  },
  {
    id: 'reparto-por-nodo',
    title: 'topologySpreadConstraints con DoNotSchedule reparte por igual, y falla si no hay dónde',
    steps: [
      {
        title: 'crear 3',
        act: [
          {
            apply: deployment(3, {
              template: template({
                topologySpreadConstraints: [
                  { maxSkew: 1, topologyKey: 'kubernetes.io/hostname', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
                ],
              }),
            }),
          },
        ],
        until: [allReady(3)],
      },
      {
        title: 'uno por una etiqueta que nadie tiene',
        act: [
          {
            apply: pod('zona', {
              topologySpreadConstraints: [
                { maxSkew: 1, topologyKey: 'fidelidad/zona', whenUnsatisfiable: 'DoNotSchedule', labelSelector: { matchLabels: { app: 'web' } } },
              ],
            }),
          },
        ],
        until: pending('zona'),
      },
    ],
  },
  {
    id: 'prioridad-que-no-existe',
    title: 'Una PriorityClass que no existe se rechaza',
    steps: [{ title: 'crear', act: [{ create: pod('web', { priorityClassName: 'no-existe' }) }] }],
  },
];
