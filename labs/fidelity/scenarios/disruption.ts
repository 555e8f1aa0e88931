import { allReady, container, deployment, deploymentReady, idle, readyWhen, template } from '../pieces.ts';
import type { Manifest, Scenario } from '../scenario.ts';

const budget = (spec: Readonly<Record<string, unknown>>): Manifest => ({
  apiVersion: 'policy/v1',
  kind: 'PodDisruptionBudget',
  metadata: { name: 'web' },
  spec: { selector: { matchLabels: { app: 'web' } }, ...spec },
});

export const disruptionScenarios: readonly Scenario[] = [
  {
    id: 'desalojo',
    title: 'Sin presupuesto, desalojar es borrar con su motivo; con él, se puede hasta que se gasta',
    steps: [
      { title: 'crear', act: [{ apply: deployment(2) }], until: deploymentReady(2) },
      { title: 'desalojar uno', act: [{ evict: 'Pod/?app=web' }], until: deploymentReady(2) },
    ],
  },
  {
    id: 'presupuesto-de-interrupciones',
    title: 'Un PodDisruptionBudget sin margen rechaza el desalojo con 429',
    steps: [
      {
        title: 'crear',
        act: [{ apply: deployment(2) }, { apply: budget({ minAvailable: 2 }) }],
        until: [...deploymentReady(2), { of: 'PodDisruptionBudget/web', is: { 'status.currentHealthy': 2, 'status.disruptionsAllowed': 0 } }],
      },
      { title: 'desalojar sin margen', act: [{ evict: 'Pod/?app=web' }], until: [allReady(2)] },
      {
        title: 'dar margen',
        act: [{ patch: 'PodDisruptionBudget/web', with: { spec: { minAvailable: 1 } } }],
        until: [{ of: 'PodDisruptionBudget/web', is: { 'status.disruptionsAllowed': 1 } }],
      },
      {
        title: 'desalojar con margen',
        act: [{ evict: 'Pod/?app=web' }],
        until: [...deploymentReady(2), { of: 'PodDisruptionBudget/web', is: { 'status.disruptionsAllowed': 1 } }],
      },
    ],
  },
  {
    id: 'desalojar-a-quien-no-esta-listo',
    title: 'Un presupuesto sin sanos de sobra protege también al que no está listo, salvo con AlwaysAllow',
    steps: [
      {
        title: 'crear uno que nunca está listo',
        act: [{ apply: deployment(1, { template: template({ containers: [container(idle, readyWhen('/listo'))] }) }) }, { apply: budget({ minAvailable: 1 }) }],
        until: [
          { pod: 'Pod/?app=web', status: 'Running' },
          { of: 'PodDisruptionBudget/web', is: { 'status.expectedPods': 1, 'status.currentHealthy': 0 } },
        ],
        settle: '4s',
      },
      { title: 'desalojarlo', act: [{ evict: 'Pod/?app=web' }] },
      {
        title: 'permitirlo siempre',
        act: [{ patch: 'PodDisruptionBudget/web', with: { spec: { unhealthyPodEvictionPolicy: 'AlwaysAllow' } } }, { evict: 'Pod/?app=web' }],
        until: [
          { pods: 'app=web', total: 1, ready: 0 },
          { pod: 'Pod/?app=web', status: 'Running' },
        ],
        settle: '4s',
      },
    ],
  },
  {
    id: 'drenar-un-nodo',
    title: 'Acordonar y desalojar: el repuesto que solo cabe en ese nodo espera, y el presupuesto deja de dar margen',
    nodes: ['a'],
    cleanup: [{ patch: 'Node/@a', with: { spec: { unschedulable: null } } }],
    steps: [
      {
        title: 'crear dos en un nodo',
        act: [
          {
            apply: deployment(2, { template: template({ nodeSelector: { 'kubernetes.io/hostname': '@nodo-a' } }) }),
          },
          { apply: budget({ minAvailable: 1 }) },
        ],
        until: [...deploymentReady(2), { of: 'PodDisruptionBudget/web', is: { 'status.currentHealthy': 2, 'status.disruptionsAllowed': 1 } }],
      },
      { title: 'acordonarlo', act: [{ patch: 'Node/@a', with: { spec: { unschedulable: true } } }], settle: '3s' },
      {
        title: 'desalojar uno',
        act: [{ evict: 'Pod/^app=web' }],
        until: [
          { pods: 'app=web', total: 2, ready: 1 },
          { event: 'FailedScheduling', about: 'Pod' },
          { of: 'PodDisruptionBudget/web', is: { 'status.currentHealthy': 1, 'status.disruptionsAllowed': 0 } },
        ],
        settle: '4s',
      },
      { title: 'desalojar el otro', act: [{ evict: 'Pod/^app=web' }], settle: '3s' },
      {
        title: 'descordonarlo',
        act: [{ patch: 'Node/@a', with: { spec: { unschedulable: null } } }],
        until: [...deploymentReady(2), { of: 'PodDisruptionBudget/web', is: { 'status.disruptionsAllowed': 1 } }],
      },
      {
        title: 'y ahora sí',
        act: [{ evict: 'Pod/^app=web' }],
        until: [...deploymentReady(2), { of: 'PodDisruptionBudget/web', is: { 'status.disruptionsAllowed': 1 } }],
      },
    ],
  },
];
