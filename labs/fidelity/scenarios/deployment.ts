import { allReady, container, deployment, deploymentReady, idle, readyWhen, rollTo, template } from '../pieces.ts';
import type { Scenario } from '../scenario.ts';

export const deploymentScenarios: readonly Scenario[] = [
  {
    id: 'deployment-crear-escalar-matar',
    title: 'Un Deployment crea, escala en los dos sentidos y repone lo que se mata',
    steps: [
      { title: 'crear con 2', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      { title: 'escalar a 4', act: [{ scale: 'Deployment/web', to: 4 }], until: deploymentReady(4) },
      { title: 'escalar a 1', act: [{ scale: 'Deployment/web', to: 1 }], until: deploymentReady(1) },
      { title: 'matar un Pod', act: [{ delete: 'Pod/?app=web' }], until: deploymentReady(1) },
      { title: 'escalar a 0', act: [{ scale: 'Deployment/web', to: 0 }], until: deploymentReady(0) },
    ],
  },
  {
    id: 'deployment-rolling-de-uno-en-uno',
    title: 'Con maxSurge 1 y maxUnavailable 0 nunca hay menos de lo pedido, ni más de uno de sobra',
    order: [{ kind: 'Pod', milestones: ['creado', 'listo'] }],
    steps: [
      { title: 'crear', act: [{ apply: deployment(3, { strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }) }], until: deploymentReady(3) },
      { title: 'cambiar la plantilla', act: [rollTo('Deployment', '2')], until: deploymentReady(3), within: '90s' },
    ],
  },
  {
    id: 'deployment-rolling-max-unavailable',
    title: 'Con maxUnavailable 2 y maxSurge 0 se quitan dos antes de poner ninguno',
    looseEvents: ['ScalingReplicaSet'],
    steps: [
      { title: 'crear', act: [{ apply: deployment(4, { strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 2 } } }) }], until: deploymentReady(4) },
      { title: 'cambiar la plantilla', act: [rollTo('Deployment', '2')], until: deploymentReady(4), within: '90s' },
    ],
  },
  {
    id: 'deployment-rolling-max-surge',
    title: 'Con maxSurge del 100 % nacen todos los nuevos a la vez',
    looseEvents: ['ScalingReplicaSet'],
    steps: [
      { title: 'crear', act: [{ apply: deployment(3, { strategy: { rollingUpdate: { maxSurge: '100%', maxUnavailable: 0 } } }) }], until: deploymentReady(3) },
      { title: 'cambiar la plantilla', act: [rollTo('Deployment', '2')], until: deploymentReady(3), within: '90s' },
    ],
  },
  {
    id: 'deployment-recreate',
    title: 'Recreate espera a que no quede ninguno viejo',
    order: [{ kind: 'Pod', milestones: ['creado', 'acabado'] }],
    steps: [
      { title: 'crear', act: [{ apply: deployment(3, { strategy: { type: 'Recreate' } }) }], until: deploymentReady(3) },
      { title: 'cambiar la plantilla', act: [rollTo('Deployment', '2')], until: deploymentReady(3), within: '90s' },
    ],
  },
  {
    id: 'deployment-pausar-y-reanudar',
    title: 'En pausa no se actualiza, pero sí se escala; al reanudar se actualiza de una vez',
    looseEvents: ['ScalingReplicaSet'],
    steps: [
      { title: 'crear', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      {
        title: 'pausar y cambiar la plantilla',
        act: [{ patch: 'Deployment/web', with: { spec: { paused: true } } }, rollTo('Deployment', '2')],
        until: [{ of: 'Deployment/web', is: { 'status.conditions[type=Progressing].reason': 'DeploymentPaused' } }, allReady(2)],
      },
      { title: 'escalar en pausa', act: [{ scale: 'Deployment/web', to: 3 }], until: [allReady(3)] },
      { title: 'reanudar', act: [{ patch: 'Deployment/web', with: { spec: { paused: false } } }], until: deploymentReady(3), within: '90s' },
    ],
  },
  {
    id: 'deployment-revertir',
    title: 'Volver a una plantilla anterior reutiliza su ReplicaSet y le da la revisión más alta',
    looseEvents: ['ScalingReplicaSet'],
    steps: [
      { title: 'crear', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      { title: 'pasar a 2', act: [rollTo('Deployment', '2')], until: deploymentReady(2), within: '90s' },
      { title: 'volver a 1', act: [rollTo('Deployment', '1')], until: deploymentReady(2), within: '90s' },
    ],
  },
  {
    id: 'deployment-limite-de-historial',
    title: 'revisionHistoryLimit 1 deja un solo ReplicaSet viejo',
    looseEvents: ['ScalingReplicaSet'],
    steps: [
      { title: 'crear', act: [{ apply: deployment(1, { revisionHistoryLimit: 1 }) }], until: deploymentReady(1) },
      { title: 'pasar a 2', act: [rollTo('Deployment', '2')], until: deploymentReady(1) },
      { title: 'pasar a 3', act: [rollTo('Deployment', '3')], until: [...deploymentReady(1), { count: 'ReplicaSet', equals: 2 }] },
    ],
  },
  {
    id: 'deployment-plazo-de-progreso',
    title: 'Una plantilla que no llega a lista agota progressDeadlineSeconds y se queda a medias',
    steps: [
      {
        title: 'crear',
        act: [{ apply: deployment(2, { progressDeadlineSeconds: 8, strategy: { rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } } }) }],
        until: deploymentReady(2),
      },
      {
        title: 'cambiar a una que nunca está lista',
        act: [
          {
            patch: 'Deployment/web',
            as: 'strategic',
            with: { spec: { template: { spec: { containers: [{ name: 'app', readinessProbe: { exec: { command: ['false'] }, periodSeconds: 1 } }] } } } },
          },
        ],
        until: [{ of: 'Deployment/web', is: { 'status.conditions[type=Progressing].reason': 'ProgressDeadlineExceeded' } }],
      },
    ],
  },
  {
    id: 'deployment-min-ready-seconds',
    title: 'minReadySeconds separa estar listo de estar disponible',
    steps: [
      { title: 'crear', act: [{ apply: deployment(2, { minReadySeconds: 5 }) }], until: deploymentReady(2), settle: '3s' },
      {
        title: 'cambiar la imagen',
        act: [
          {
            patch: 'Deployment/web',
            as: 'strategic',
            with: { spec: { template: { spec: { containers: [{ name: 'app', image: 'node:24.21-alpine' }] } } } },
          },
        ],
        until: deploymentReady(2),
        within: '120s',
      },
    ],
    looseEvents: ['ScalingReplicaSet'],
  },
  {
    id: 'deployment-adoptar-y-soltar',
    title: 'Un Pod que cambia de etiqueta deja de ser del ReplicaSet, y se repone; uno suelto que casa no lo adopta sin su huella',
    steps: [
      { title: 'crear', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      {
        title: 'quitar la etiqueta a uno',
        act: [{ patch: 'Pod/?app=web', with: { metadata: { labels: { app: 'apartado' } } } }],
        until: [allReady(2), { pods: 'app=apartado', total: 1, ready: 1 }],
      },
      {
        title: 'devolvérsela',
        act: [{ patch: 'Pod/?app=apartado', with: { metadata: { labels: { app: 'web' } } } }],
        until: [allReady(2), { pods: 'app=apartado', total: 0 }],
      },
    ],
  },
  {
    id: 'deployment-etiqueta-lista',
    title: 'Quien no está listo no cuenta como disponible hasta que su sonda lo dice',
    steps: [
      {
        title: 'crear sin estar listos',
        act: [
          {
            apply: deployment(2, {
              template: template({ containers: [container(`sleep 4; touch /listo; ${idle}`, readyWhen('/listo'))] }),
            }),
          },
        ],
        until: deploymentReady(2),
      },
    ],
  },
];
