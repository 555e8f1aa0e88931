import { allReady, container, headless, idle, pod, readyWhen } from '../pieces.ts';
import type { Scenario } from '../scenario.ts';

/** Dos segundos de gracia: la primera pregunta no debe llegar antes que el archivo. */
const readyAfterAWhile = { readinessProbe: { ...readyWhen('/listo').readinessProbe, initialDelaySeconds: 2 } };
const fails = { exec: { command: ['false'] }, periodSeconds: 1, failureThreshold: 2 };

export const probeScenarios: readonly Scenario[] = [
  {
    id: 'sonda-readiness',
    title: 'Quien deja de estar listo sale de los extremos y no se reinicia',
    steps: [
      {
        title: 'crear, listo durante 8 s',
        act: [{ apply: headless() }, { apply: pod('web', { containers: [container(`touch /listo; sleep 8; rm /listo; ${idle}`, readyAfterAWhile)] }) }],
        until: [{ endpoints: 'web', ready: 1 }],
      },
      {
        title: 'dejar de estarlo',
        until: [
          { endpoints: 'web', ready: 0, total: 1 },
          { pods: 'app=web', total: 1, ready: 0 },
          { event: 'Unhealthy', about: 'Pod' },
        ],
        settle: '4s',
      },
    ],
  },
  {
    id: 'sonda-liveness',
    title: 'Una sonda liveness que falla mata el contenedor y lo reinicia en el mismo Pod',
    steps: [
      {
        title: 'crear',
        act: [
          {
            apply: pod('web', {
              containers: [
                container(idle, {
                  livenessProbe: {
                    exec: { command: ['sh', '-c', 'test -f /datos/ya || { touch /datos/ya; false; }'] },
                    periodSeconds: 1,
                    initialDelaySeconds: 4,
                    failureThreshold: 1,
                  },
                  volumeMounts: [{ name: 'datos', mountPath: '/datos' }],
                }),
              ],
              volumes: [{ name: 'datos', emptyDir: {} }],
            }),
          },
        ],
        until: [{ pod: 'Pod/web', status: 'Running', restarts: 1 }, allReady(1)],
        settle: '6s',
      },
    ],
  },
  {
    id: 'sonda-startup',
    title: 'Hasta que pasa la sonda de arranque no hay otra: ni listo ni muerto; si no pasa, reinicio',
    steps: [
      {
        title: 'una que pasa',
        act: [
          {
            apply: pod('web', {
              containers: [
                container(`sleep 4; touch /arriba; ${idle}`, {
                  startupProbe: { exec: { command: ['test', '-f', '/arriba'] }, periodSeconds: 1, failureThreshold: 30 },
                  livenessProbe: { exec: { command: ['test', '-f', '/arriba'] }, periodSeconds: 1, failureThreshold: 1 },
                }),
              ],
            }),
          },
        ],
        until: [allReady(1)],
      },
      {
        title: 'una que no pasa',
        act: [
          {
            apply: pod(
              'nunca',
              { containers: [container(idle, { startupProbe: { ...fails, failureThreshold: 3, periodSeconds: 2 } })] },
              { labels: { app: 'nunca' } },
            ),
          },
        ],
        until: [
          { event: 'Killing', about: 'Pod' },
          { of: 'Pod/nunca', is: { 'status.containerStatuses[0].restartCount': 1 } },
        ],
        settle: '500ms',
      },
    ],
  },
  {
    id: 'sin-listos-tambien',
    title: 'publishNotReadyAddresses cuenta como listo a quien aún no lo está',
    steps: [
      {
        title: 'crear',
        act: [
          { apply: headless({ publishNotReadyAddresses: true }) },
          { apply: pod('web', { hostname: 'a', subdomain: 'web', containers: [container(idle, { readinessProbe: fails })] }) },
        ],
        until: [
          { endpoints: 'web', ready: 1 },
          { event: 'Unhealthy', about: 'Pod' },
        ],
      },
    ],
  },
];
