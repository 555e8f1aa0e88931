import { container, deployment, deploymentReady, headless, idle, pod, readyWhen, template } from '../pieces.ts';
import type { Scenario } from '../scenario.ts';

export const endpointScenarios: readonly Scenario[] = [
  {
    id: 'extremos-siguen-a-los-listos',
    title: 'El EndpointSlice sigue a los Pods listos: entran al estarlo y salen al irse',
    steps: [
      { title: 'un Service sin nadie', act: [{ apply: headless({ clusterIP: undefined }) }], until: [{ count: 'EndpointSlice', equals: 1 }] },
      {
        title: 'llegan dos que tardan en estar listos',
        act: [{ apply: deployment(2, { template: template({ containers: [container(`sleep 3; touch /listo; ${idle}`, readyWhen('/listo'))] }) }) }],
        until: [...deploymentReady(2), { endpoints: 'web', ready: 2, total: 2 }],
      },
      { title: 'se va uno', act: [{ scale: 'Deployment/web', to: 1 }], until: [...deploymentReady(1), { endpoints: 'web', ready: 1, total: 1 }] },
      {
        title: 'cambia el selector',
        act: [{ patch: 'Service/web', with: { spec: { selector: { app: 'otra' } } } }],
        until: [{ endpoints: 'web', ready: 0, total: 0 }],
      },
      { title: 'se borra el Service', act: [{ delete: 'Service/web' }], until: [{ count: 'EndpointSlice', equals: 0 }] },
    ],
  },
  {
    id: 'puerto-con-nombre',
    title: 'Un targetPort con nombre se resuelve con el puerto de cada Pod',
    steps: [
      {
        title: 'crear',
        act: [
          { apply: headless({ ports: [{ name: 'http', port: 80, targetPort: 'web' }] }) },
          { apply: pod('uno', { containers: [container(idle, { ports: [{ name: 'web', containerPort: 8080 }] })] }) },
        ],
        until: [{ endpoints: 'web', ready: 1 }],
      },
    ],
  },
  {
    id: 'node-port',
    title: 'Un NodePort fuera de rango se rechaza; sin pedirlo, se asigna uno',
    steps: [
      {
        title: 'fuera de rango',
        act: [{ create: headless({ clusterIP: undefined, type: 'NodePort', ports: [{ port: 80, nodePort: 80 }] }) }],
      },
      { title: 'headless y NodePort', act: [{ create: headless({ type: 'NodePort' }) }] },
      { title: 'cambiar clusterIP', act: [{ apply: headless() }, { patch: 'Service/web', with: { spec: { clusterIP: '10.96.0.77' } } }] },
    ],
  },
];
