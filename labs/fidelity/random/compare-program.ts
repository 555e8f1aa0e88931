import { compareTraces, type Difference } from '../differences.ts';
import { traceInMaqueta } from '../maqueta-run.ts';
import { runScenario } from '../run-scenario.ts';
import type { Site } from '../site.ts';
import { type Program, scenarioOf } from './program.ts';
import { soften } from './soften.ts';

let runs = 0;

/** El mismo programa en los dos sitios, y en qué no coinciden. `-`, el clúster; `+`, la maqueta. */
export async function differencesOf(site: Site, program: Program, id: string): Promise<readonly Difference[]> {
  const scenario = scenarioOf(program, id);
  const namespace = `${id}-${(runs++).toString(36)}-${Math.floor(site.now()).toString(36)}`;
  const [real, imitated] = await Promise.all([runScenario({ site, scenario, namespace }), traceInMaqueta(scenario)]);
  return compareTraces(soften(real), soften(imitated)).differences;
}
