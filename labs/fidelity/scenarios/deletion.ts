import {
  allReady,
  container,
  deployment,
  deploymentReady,
  disk,
  headless,
  idle,
  pod,
  replicaSet,
  replicaSetReady,
  statefulSet,
  statefulSetReady,
} from '../pieces.ts';
import type { Scenario } from '../scenario.ts';

export const deletionScenarios: readonly Scenario[] = [
  {
    id: 'borrado-en-cascada',
    title: 'Background: el dueño se va primero y el recolector se lleva el resto',
    order: [{ kind: 'Pod', milestones: ['borrándose', 'borrado'] }],
    steps: [
      { title: 'crear', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      {
        title: 'borrar',
        act: [{ delete: 'Deployment/web', propagation: 'Background' }],
        until: [{ gone: 'Deployment/web' }, { count: 'ReplicaSet', equals: 0 }, { pods: 'app=web', total: 0 }],
      },
    ],
  },
  {
    id: 'borrado-en-primer-plano',
    title: 'Foreground: el dueño espera, con su finalizador, a que no quede nadie',
    steps: [
      { title: 'crear', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      {
        title: 'borrar',
        act: [{ delete: 'Deployment/web', propagation: 'Foreground' }],
        until: [{ gone: 'Deployment/web' }, { count: 'ReplicaSet', equals: 0 }, { pods: 'app=web', total: 0 }],
      },
    ],
  },
  {
    id: 'borrado-que-deja-huerfanos',
    title: 'Orphan: se va el dueño y los Pods siguen, sin dueño; otro igual los adopta',
    steps: [
      { title: 'crear', act: [{ apply: replicaSet(2) }], until: replicaSetReady(2) },
      { title: 'borrar', act: [{ delete: 'ReplicaSet/web', propagation: 'Orphan' }], until: [{ gone: 'ReplicaSet/web' }, allReady(2)] },
      { title: 'crear otro igual', act: [{ apply: replicaSet(2) }], until: replicaSetReady(2) },
    ],
  },
  {
    id: 'huerfanos-de-un-statefulset',
    title: 'Los Pods huérfanos de un StatefulSet vuelven a él, con su PVC, al crearlo de nuevo',
    steps: [
      { title: 'crear', act: [{ apply: headless() }, { apply: statefulSet(2, { volumeClaimTemplates: disk }) }], until: statefulSetReady(2), within: '120s' },
      { title: 'borrar sin llevarse a nadie', act: [{ delete: 'StatefulSet/web', propagation: 'Orphan' }], until: [{ gone: 'StatefulSet/web' }, allReady(2)] },
      { title: 'crearlo de nuevo', act: [{ apply: statefulSet(2, { volumeClaimTemplates: disk }) }], until: statefulSetReady(2) },
    ],
  },
  {
    id: 'finalizador',
    title: 'Un finalizador retiene el objeto borrado hasta que alguien lo quita',
    steps: [
      { title: 'crear', act: [{ apply: pod('web', {}, { finalizers: ['fidelidad.lab/espera'] }) }], until: [allReady(1)] },
      { title: 'borrar', act: [{ delete: 'Pod/web' }], until: [{ of: 'Pod/web', is: { 'status.phase': 'Succeeded' } }], settle: '3s' },
      { title: 'añadir otro finalizador', act: [{ patch: 'Pod/web', with: { metadata: { finalizers: ['fidelidad.lab/espera', 'fidelidad.lab/otro'] } } }] },
      { title: 'quitarlo', act: [{ patch: 'Pod/web', with: { metadata: { finalizers: null } } }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'espacio-que-se-va',
    title: 'Un Namespace que se borra se lleva todo, y en él ya no se crea nada',
    steps: [
      {
        title: 'llenarlo',
        act: [
          { apply: headless() },
          { apply: statefulSet(2, { volumeClaimTemplates: disk }) },
          {
            apply: pod(
              'lento',
              { terminationGracePeriodSeconds: 6, containers: [container('trap "" TERM; while true; do sleep 1; done')] },
              { labels: { app: 'lento' } },
            ),
          },
        ],
        until: [...statefulSetReady(2), { pods: 'app=lento', total: 1, ready: 1 }],
        within: '120s',
      },
      {
        title: 'borrarlo',
        act: [{ delete: 'Namespace/@espacio' }, { create: pod('tarde') }],
        until: [
          { count: 'Namespace', equals: 0 },
          { count: 'Pod', equals: 0 },
          { count: 'PersistentVolume', equals: 0 },
        ],
        within: '120s',
      },
    ],
  },
  {
    id: 'borrado-sin-gracia',
    title: 'Con gracia 0 el Pod desaparece de la API en el acto',
    steps: [
      { title: 'crear', act: [{ apply: pod('web', { containers: [container(idle)] }) }], until: [allReady(1)] },
      { title: 'borrar', act: [{ delete: 'Pod/web', grace: 0 }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'borrado-antes-de-arrancar',
    title: 'Un Pod que se borra sin haber arrancado acaba Failed: de su contenedor no se sabe nada',
    steps: [
      {
        title: 'crear con una imagen que no hay',
        act: [{ apply: pod('web', { containers: [{ ...container(), image: 'localhost/no-existe:1', imagePullPolicy: 'IfNotPresent' }] }) }],
        until: [{ pod: 'Pod/web', status: 'ImagePullBackOff' }],
        within: '120s',
      },
      { title: 'borrar', act: [{ delete: 'Pod/web' }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'borrado-entre-reinicios',
    title: 'Un Pod que se borra mientras espera para reiniciarse enseña cómo acabó la última vez, y no llega a la siguiente',
    steps: [
      {
        title: 'crear uno que falla',
        act: [{ apply: pod('web', { containers: [container('sleep 3; exit 3')] }) }],
        until: [
          { event: 'BackOff', about: 'Pod' },
          { pod: 'Pod/web', status: 'Error', restarts: 1 },
        ],
        within: '120s',
      },
      { title: 'borrar', act: [{ delete: 'Pod/web' }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'borrado-durante-un-init',
    title: 'Un Pod que se borra mientras corre un init: los contenedores que no tuvieron su turno se quedan esperándolo',
    steps: [
      {
        title: 'crear',
        act: [{ apply: pod('web', { initContainers: [container('sleep 3', {}, 'uno'), container(idle, {}, 'dos'), container('exit 0', {}, 'tres')] }) }],
        until: [{ pod: 'Pod/web', status: 'Init:1/3' }],
        settle: '4s',
      },
      { title: 'borrar', act: [{ delete: 'Pod/web' }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'prestop',
    title: 'Mientras corre su preStop el Pod se va, pero sigue listo para quien lo conozca; después llega la señal',
    steps: [
      {
        title: 'crear',
        act: [
          { apply: headless() },
          { apply: pod('web', { containers: [container(idle, { lifecycle: { preStop: { exec: { command: ['sleep', '9'] } } } })] }) },
        ],
        until: [allReady(1), { endpoints: 'web', ready: 1 }],
      },
      { title: 'borrar', act: [{ delete: 'Pod/web' }], settle: '3s' },
      { title: 'acaba', until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'prestop-que-falla',
    title: 'Un preStop que falla lo cuenta y no detiene la despedida; uno que no acaba se corta con la gracia',
    steps: [
      {
        title: 'crear uno que falla',
        act: [{ apply: pod('web', { containers: [container(idle, { lifecycle: { preStop: { exec: { command: ['false'] } } } })] }) }],
        until: [allReady(1)],
      },
      { title: 'borrarlo', act: [{ delete: 'Pod/web' }], until: [{ gone: 'Pod/web' }] },
      {
        title: 'crear uno que no acaba',
        act: [
          {
            apply: pod('eterno', {
              terminationGracePeriodSeconds: 3,
              containers: [container(idle, { lifecycle: { preStop: { exec: { command: ['sleep', '600'] } } } })],
            }),
          },
        ],
        until: [allReady(1)],
      },
      { title: 'borrarlo también', act: [{ delete: 'Pod/eterno' }], until: [{ gone: 'Pod/eterno' }] },
    ],
  },
];
