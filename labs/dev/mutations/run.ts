// Rompe la maqueta a propósito, de una en una, y exige que el catálogo de fidelidad lo note y nombre el escenario.
// Uso: node labs/dev/mutations/run.ts [todo] [mutación…]   («todo» corre el catálogo entero con cada una, y cuenta cuántos escenarios más lo notan)
import { catalogue } from '../../fidelity/catalogue.ts';
import { compareTraces } from '../../fidelity/differences.ts';
import { isCovered, knownDifferences } from '../../fidelity/known-differences.ts';
import type { Scenario } from '../../fidelity/scenario.ts';
import type { Trace } from '../../fidelity/trace.ts';
import { readTraces } from '../../fidelity/traces.ts';
import { mutatedModules } from './mutated-modules.ts';
import { type Mutation, mutations } from './mutations.ts';

type MaquetaRun = { traceInMaqueta(scenario: Scenario): Promise<Trace> };

const words = process.argv.slice(2);
const isWhole = words.includes('todo');
const wanted = words.filter((word) => word !== 'todo');
const load = mutatedModules(new URL('../../../', import.meta.url));
const recorded = await readTraces();

/** Los escenarios que cambian con la maqueta así: se corre el que debe notarlo, o todos. */
async function noticedBy(mutation: Mutation): Promise<string[]> {
  const { traceInMaqueta } = await load<MaquetaRun>('labs/fidelity/maqueta-run.ts', mutation);
  const noticed: string[] = [];
  for (const scenario of catalogue.filter(({ id }) => isWhole || id === mutation.caughtBy)) {
    const real = recorded.get(scenario.id);
    if (!real) continue;
    const { differences } = compareTraces(real.trace, await traceInMaqueta(scenario), real.also);
    if (differences.some((difference) => !knownDifferences.some((row) => isCovered(row, difference)))) noticed.push(scenario.id);
  }
  return noticed;
}

let passed = 0;
let failed = 0;
for (const mutation of mutations.filter(({ id }) => wanted.length === 0 || wanted.includes(id))) {
  const noticed = await noticedBy(mutation);
  const isCaught = noticed.includes(mutation.caughtBy);
  if (isCaught) passed += 1;
  else failed += 1;
  console.log(`${isCaught ? '✓' : '✗'} ${mutation.id}: ${mutation.breaks}`);
  console.log(
    isCaught
      ? `    lo nota ${mutation.caughtBy}${others(noticed.length - 1)}`
      : `    ${mutation.caughtBy} no lo nota; lo notan: ${noticed.join(', ') || 'ninguno'}`,
  );
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;

function others(count: number): string {
  return count > 0 ? `, y ${count} más` : '';
}
