import { images } from './catalogue.ts';
import { openMaquetaSite } from './maqueta-site.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Trace } from './trace.ts';

/** Los mismos nodos que el taller: tres de trabajo, y el plano de control fuera de la lista. */
const nodes = ['nodo1', 'nodo2', 'nodo3'].map((name) => ({ name, cpu: '2', memory: '4Gi' }));

/** Un escenario en una maqueta recién hecha. */
export async function traceInMaqueta(scenario: Scenario, seed = 1): Promise<Trace> {
  const site = await openMaquetaSite({ nodes, images, seed });
  try {
    return await runScenario({ site, scenario, namespace: `fid-${scenario.id}` });
  } finally {
    await site.close();
  }
}
