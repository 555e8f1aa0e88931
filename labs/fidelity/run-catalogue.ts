import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Site } from './site.ts';
import type { Trace } from './trace.ts';

export interface ScenarioResult {
  scenario: Scenario;
  trace?: Trace;
  error?: unknown;
  /** Milisegundos de reloj de pared. */
  took: number;
}

/** Nuevo en cada vuelta: el de la anterior puede estar aún yéndose. */
export const namespaceFor = ({ id }: Scenario): string => `fid-${id.slice(0, 40)}-${Math.floor(Date.now() / 1000).toString(36)}`;

/** A la vez: más, y los nodos van tan cargados que las esperas se alargan y las escrituras se juntan. */
const atOnce = 9;

/** Los que solo tocan su espacio, varios a la vez; los que marcan nodos, después y de uno en uno. */
export async function runCatalogue(site: Site, scenarios: readonly Scenario[], onResult: (result: ScenarioResult) => void | Promise<void>): Promise<void> {
  const run = async (scenario: Scenario) => {
    const start = performance.now();
    try {
      const trace = await runScenario({ site, scenario, namespace: namespaceFor(scenario) });
      await onResult({ scenario, trace, took: performance.now() - start });
    } catch (error) {
      await onResult({ scenario, error, took: performance.now() - start });
    }
  };
  const queue = scenarios.filter(({ nodes }) => !nodes);
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let next = queue.shift(); next; next = queue.shift()) await run(next);
    }),
  );
  for (const scenario of scenarios.filter(({ nodes }) => nodes)) await run(scenario);
}
