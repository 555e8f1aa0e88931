import { catalogue } from '../../fidelity/catalogue.ts';
import { compareTraces } from '../../fidelity/differences.ts';
import { isCovered, knownDifferences } from '../../fidelity/known-differences.ts';
import type { Scenario } from '../../fidelity/scenario.ts';
import type { Trace } from '../../fidelity/trace.ts';
import { readTraces } from '../../fidelity/traces.ts';
import type { UseMutated } from './mutated-modules.ts';
import type { CatalogueMutation } from './mutation.ts';
import type { Verdict } from './verdict.ts';

type MaquetaRun = { traceInMaqueta(scenario: Scenario): Promise<Trace> };

/** ¿Lo nota el catálogo? Se corre el escenario que debe notarlo, o todos: así se ve cuántos más lo notan. */
export async function checkCatalogue(withMutation: UseMutated, mutation: CatalogueMutation, isWhole: boolean): Promise<Verdict> {
  const recorded = await readTraces();
  const noticed = await withMutation('labs/fidelity/maqueta-run.ts', mutation, async ({ traceInMaqueta }: MaquetaRun) => {
    const found: string[] = [];
    for (const scenario of catalogue.filter(({ id }) => isWhole || id === mutation.caughtBy)) {
      const real = recorded.get(scenario.id);
      if (!real) continue;
      const { differences } = compareTraces(real.trace, await traceInMaqueta(scenario), real.also);
      if (differences.some((difference) => !knownDifferences.some((row) => isCovered(row, difference)))) found.push(scenario.id);
    }
    return found;
  });
  if (!noticed.includes(mutation.caughtBy)) return { isCaught: false, says: `${mutation.caughtBy} no lo nota; lo notan: ${noticed.join(', ') || 'ninguno'}` };
  return { isCaught: true, says: `lo nota ${mutation.caughtBy}${noticed.length > 1 ? `, y ${noticed.length - 1} más` : ''}` };
}
