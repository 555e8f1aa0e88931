import { allReady, container, idle, pod } from '../pieces.ts';
import type { Manifest, Scenario } from '../scenario.ts';

const configMap = (name: string, data: Record<string, string>): Manifest => ({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name }, data });

export const containerScenarios: readonly Scenario[] = [
  {
    id: 'reinicios-con-espera',
    title: 'Un contenedor que falla se reinicia al momento la primera vez, y después espera 10 s y 20 s',
    steps: [
      {
        title: 'crear',
        act: [{ apply: pod('web', { containers: [container('sleep 3; exit 3')] }) }],
        until: [{ pod: 'Pod/web', status: 'Running', restarts: 2 }],
      },
      { title: 'segunda espera', until: [{ pod: 'Pod/web', status: 'Running', restarts: 3 }] },
    ],
  },
  {
    id: 'nunca-se-reinicia',
    title: 'Con restartPolicy Never, acabar mal es Failed y acabar bien es Succeeded',
    steps: [
      {
        title: 'acabar mal',
        act: [{ apply: pod('mal', { restartPolicy: 'Never', containers: [container('sleep 3; exit 3')] }) }],
        until: [{ pod: 'Pod/mal', status: 'Error' }],
      },
      {
        title: 'acabar bien',
        act: [{ apply: pod('bien', { restartPolicy: 'Never', containers: [container('sleep 3')] }) }],
        until: [{ pod: 'Pod/bien', status: 'Completed' }],
      },
    ],
  },
  {
    id: 'reinicia-solo-si-falla',
    title: 'Con OnFailure se reinicia el que falla y no el que acaba bien',
    steps: [
      {
        title: 'crear',
        act: [
          {
            apply: pod('web', {
              restartPolicy: 'OnFailure',
              containers: [
                container('test -f /datos/ya && { sleep 2; exit 0; }; touch /datos/ya; sleep 3; exit 3', {
                  volumeMounts: [{ name: 'datos', mountPath: '/datos' }],
                }),
              ],
              volumes: [{ name: 'datos', emptyDir: {} }],
            }),
          },
        ],
        until: [{ pod: 'Pod/web', status: 'Completed', restarts: 1 }],
      },
    ],
  },
  {
    id: 'imagen-que-no-existe',
    title: 'Una imagen que no se puede traer da ErrImagePull y luego ImagePullBackOff; corregirla lo arregla en el mismo Pod',
    steps: [
      {
        title: 'crear',
        act: [{ apply: pod('web', { containers: [container(idle, { image: 'no-existe.invalid/nada:1' })] }) }],
        until: [{ pod: 'Pod/web', status: 'ImagePullBackOff' }],
        within: '120s',
      },
      {
        title: 'corregir la imagen',
        act: [{ patch: 'Pod/web', as: 'strategic', with: { spec: { containers: [{ name: 'app', image: 'busybox:1.37' }] } } }],
        until: [allReady(1)],
        within: '120s',
      },
    ],
  },
  {
    id: 'imagen-que-nunca-se-trae',
    title: 'Con imagePullPolicy Never y sin la imagen, ErrImageNeverPull',
    steps: [
      {
        title: 'crear',
        act: [{ apply: pod('web', { containers: [container(idle, { image: 'no-existe.invalid/nada:1', imagePullPolicy: 'Never' })] }) }],
        until: [{ pod: 'Pod/web', status: 'ErrImageNeverPull' }],
      },
    ],
  },
  {
    id: 'orden-que-no-existe',
    title: 'Una orden que no está en la imagen da RunContainerError o StartError, con el mensaje del ejecutor',
    steps: [
      {
        title: 'crear',
        act: [{ apply: pod('web', { restartPolicy: 'Never', containers: [container(idle, { command: ['no-existe'] })] }) }],
        until: [{ of: 'Pod/web', is: { 'status.phase': 'Failed' } }],
      },
    ],
  },
  {
    id: 'config-map-que-falta',
    title: 'Sin su ConfigMap el contenedor no se crea (CreateContainerConfigError); al llegar, arranca solo',
    steps: [
      {
        title: 'crear el Pod',
        act: [{ apply: pod('web', { containers: [container(idle, { envFrom: [{ configMapRef: { name: 'ajustes' } }] })] }) }],
        until: [{ pod: 'Pod/web', status: 'CreateContainerConfigError' }],
      },
      { title: 'crear el ConfigMap', act: [{ apply: configMap('ajustes', { A: '1' }) }], until: [allReady(1)], within: '120s' },
    ],
  },
  {
    id: 'config-map-sin-la-clave',
    title: 'Una clave que falta en un ConfigMap se nombra en el mensaje',
    steps: [
      {
        title: 'crear los dos',
        act: [
          { apply: configMap('ajustes', { A: '1' }) },
          { apply: pod('web', { containers: [container(idle, { env: [{ name: 'B', valueFrom: { configMapKeyRef: { name: 'ajustes', key: 'B' } } }] })] }) },
        ],
        until: [{ pod: 'Pod/web', status: 'CreateContainerConfigError' }],
      },
    ],
  },
  {
    id: 'volumen-que-falta',
    title: 'Un volumen de un ConfigMap que falta deja el Pod en ContainerCreating con FailedMount',
    steps: [
      {
        title: 'crear el Pod',
        act: [
          {
            apply: pod('web', {
              containers: [container(idle, { volumeMounts: [{ name: 'c', mountPath: '/c' }] })],
              volumes: [{ name: 'c', configMap: { name: 'ajustes' } }],
            }),
          },
        ],
        until: [
          { pod: 'Pod/web', status: 'ContainerCreating' },
          { event: 'FailedMount', about: 'Pod' },
        ],
      },
      { title: 'crear el ConfigMap', act: [{ apply: configMap('ajustes', { A: '1' }) }], until: [allReady(1)], within: '150s' },
    ],
  },
  {
    id: 'init-que-falla',
    title: 'Un init que falla se reinicia con espera y los demás no empiezan; con Never, el Pod acaba en Failed',
    steps: [
      {
        title: 'con reinicios',
        act: [{ apply: pod('web', { initContainers: [container('sleep 3; exit 3', {}, 'antes')] }) }],
        until: [{ of: 'Pod/web', is: { 'status.initContainerStatuses[0].restartCount': 2, 'status.initContainerStatuses[0].state.waiting': null } }],
      },
      {
        title: 'sin reinicios',
        act: [
          { delete: 'Pod/web', grace: 0 },
          { apply: pod('nunca', { restartPolicy: 'Never', initContainers: [container('sleep 3; exit 3', {}, 'antes')] }) },
        ],
        until: [
          { pod: 'Pod/nunca', status: 'Init:Error' },
          { of: 'Pod/nunca', is: { 'status.phase': 'Failed' } },
        ],
      },
    ],
  },
  {
    id: 'init-y-sidecar',
    title: 'Los init corren en orden; un sidecar nativo arranca antes que el principal y se va después',
    steps: [
      {
        title: 'crear',
        act: [
          {
            apply: pod('web', {
              initContainers: [
                container('sleep 3', {}, 'primero'),
                container(idle, { restartPolicy: 'Always' }, 'acompana'),
                container('sleep 3', {}, 'segundo'),
              ],
            }),
          },
        ],
        until: [allReady(1)],
        within: '90s',
      },
      { title: 'borrar', act: [{ delete: 'Pod/web' }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'se-resiste-a-irse',
    title: 'Quien no atiende a SIGTERM muere a los terminationGracePeriodSeconds con 137',
    steps: [
      {
        title: 'crear',
        act: [
          {
            apply: pod(
              'web',
              { terminationGracePeriodSeconds: 8, containers: [container('trap "" TERM; while true; do sleep 1; done')] },
              { finalizers: ['fidelidad.lab/espera'] },
            ),
          },
        ],
        until: [allReady(1)],
      },
      {
        title: 'borrar, y aún vive',
        act: [{ delete: 'Pod/web' }],
        until: [{ of: 'Pod/web', is: { 'metadata.deletionGracePeriodSeconds': 8, 'status.phase': 'Running' } }],
        settle: '4s',
      },
      { title: 'se acaba la gracia', until: [{ of: 'Pod/web', is: { 'status.phase': 'Failed' } }], settle: '3s' },
      { title: 'quitar el finalizador', act: [{ patch: 'Pod/web', with: { metadata: { finalizers: null } } }], until: [{ gone: 'Pod/web' }] },
    ],
  },
  {
    id: 'clases-de-calidad',
    title: 'Guaranteed, Burstable y BestEffort salen de peticiones y límites',
    steps: [
      {
        title: 'crear',
        act: [
          { apply: pod('garantizado', { containers: [container(idle, { resources: { limits: { cpu: '10m', memory: '32Mi' } } })] }) },
          { apply: pod('a-rachas', { containers: [container(idle, { resources: { requests: { memory: '16Mi' } } })] }) },
          { apply: pod('a-lo-que-quede') },
        ],
        until: [allReady(3)],
      },
      { title: 'leer', act: [{ read: 'Pod/garantizado', fields: ['spec.containers[0].resources', 'status.qosClass'] }] },
      {
        title: 'límite menor que petición',
        act: [{ create: pod('mal', { containers: [container(idle, { resources: { requests: { cpu: '2' }, limits: { cpu: '1' } } })] }) }],
      },
    ],
  },
  {
    id: 'plazo-del-pod',
    title: 'activeDeadlineSeconds acaba con el Pod: Failed con DeadlineExceeded',
    steps: [
      {
        title: 'crear',
        act: [{ apply: pod('web', { activeDeadlineSeconds: 6 }) }],
        until: [{ of: 'Pod/web', is: { 'status.reason': 'DeadlineExceeded' } }],
        settle: '3s',
      },
    ],
  },
];
