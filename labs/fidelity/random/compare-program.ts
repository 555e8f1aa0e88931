import type { Duration } from '../../engine/ports.ts';
import { type Compared, compareTraces } from '../differences.ts';
import { traceInMaqueta } from '../maqueta-run.ts';
import { runScenario } from '../run-scenario.ts';
import type { Site } from '../site.ts';
import { type Program, scenarioOf } from './program.ts';
import { soften } from './soften.ts';

export interface ProgramRun {
  site: Site;
  program: Program;
  id: string;
  /** Cuánto silencio acaba cada paso. */
  settle: Duration;
  signal?: AbortSignal | undefined;
}

let runs = 0;

/** El mismo programa en los dos sitios, y en qué no coinciden. `-`, el clúster; `+`, la maqueta. */
export async function compareProgram({ site, program, id, settle, signal }: ProgramRun): Promise<Compared> {
  const scenario = scenarioOf(program, id, settle);
  const namespace = `${id}-${(runs++).toString(36)}-${Math.floor(site.now()).toString(36)}`;
  const [real, imitated] = await Promise.all([runScenario({ site, scenario, namespace, ...(signal ? { signal } : {}) }), traceInMaqueta(scenario)]);
  return compareTraces(soften(real), soften(imitated));
}
