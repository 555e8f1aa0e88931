import { allReady, deployment, deploymentReady } from '../pieces.ts';
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
];
