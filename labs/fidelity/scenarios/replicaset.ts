import { allReady, container, idle, pod, replicaSet, replicaSetReady } from '../pieces.ts';
import type { Scenario } from '../scenario.ts';

export const replicaSetScenarios: readonly Scenario[] = [
  {
    id: 'replicaset-crear-escalar-matar',
    title: 'Un ReplicaSet crea, escala en los dos sentidos y repone',
    steps: [
      { title: 'crear con 2', act: [{ apply: replicaSet(2) }], until: replicaSetReady(2) },
      { title: 'escalar a 3', act: [{ scale: 'ReplicaSet/web', to: 3 }], until: replicaSetReady(3) },
      { title: 'matar un Pod', act: [{ delete: 'Pod/?app=web' }], until: replicaSetReady(3) },
      { title: 'escalar a 1', act: [{ scale: 'ReplicaSet/web', to: 1 }], until: replicaSetReady(1) },
    ],
  },
  {
    id: 'replicaset-adopta',
    title: 'Un ReplicaSet adopta el Pod suelto que casa y crea solo lo que falta',
    steps: [
      { title: 'un Pod suelto', act: [{ apply: pod('suelto') }], until: [allReady(1)] },
      { title: 'crear con 2', act: [{ apply: replicaSet(2) }], until: replicaSetReady(2) },
      {
        title: 'soltar el adoptado',
        act: [{ patch: 'Pod/suelto', with: { metadata: { labels: { app: 'libre' } } } }],
        until: [...replicaSetReady(2), { pods: 'app=libre', total: 1, ready: 1 }],
      },
    ],
  },
  {
    id: 'replicaset-cambiar-plantilla',
    title: 'Cambiar la plantilla de un ReplicaSet no toca a los Pods que ya hay',
    steps: [
      { title: 'crear con 2', act: [{ apply: replicaSet(2) }], until: replicaSetReady(2) },
      {
        title: 'cambiar la plantilla',
        act: [
          {
            patch: 'ReplicaSet/web',
            as: 'strategic',
            with: { spec: { template: { spec: { containers: [{ name: 'app', env: [{ name: 'VERSION', value: '2' }] }] } } } },
          },
        ],
        until: replicaSetReady(2),
      },
      { title: 'matar uno', act: [{ delete: 'Pod/?app=web' }], until: replicaSetReady(2) },
    ],
  },
  {
    id: 'replicaset-etiquetas-que-no-casan',
    title: 'Un selector que no casa con su plantilla se rechaza entero',
    steps: [
      {
        title: 'crear',
        act: [
          { create: replicaSet(1, { template: { metadata: { labels: { app: 'otra' } }, spec: { containers: [container(idle)] } } }) },
          { create: replicaSet(-1) },
        ],
      },
    ],
  },
];
