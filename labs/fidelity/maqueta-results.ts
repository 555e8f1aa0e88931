import { catalogue } from './catalogue.ts';
import { type Compared, compareTraces, type Difference } from './differences.ts';
import { isCovered, type KnownDifference, knownDifferences } from './known-differences.ts';
import { traceInMaqueta } from './maqueta-run.ts';
import type { Scenario } from './scenario.ts';
import type { RecordedTrace } from './trace.ts';

/** Un escenario en la maqueta, frente a lo que el clúster real grabó. */
export interface Result extends Compared {
  scenario: Scenario;
  /** Las que nadie ha declarado: cada una es un fallo. */
  undeclared: readonly Difference[];
}

export async function compareWithReal(scenario: Scenario, recorded: RecordedTrace, rows: readonly KnownDifference[] = knownDifferences): Promise<Result> {
  const compared = compareTraces(recorded.trace, await traceInMaqueta(scenario), recorded.also);
  return { ...compared, scenario, undeclared: compared.differences.filter((difference) => !rows.some((row) => isCovered(row, difference))) };
}

/** Filas que ya no tapan nada, con el escenario donde sobran. */
export function unneededRows(results: readonly Result[], rows: readonly KnownDifference[] = knownDifferences): string[] {
  return rows.flatMap((row) =>
    row.scenarios
      .filter((id) => !results.some(({ scenario, differences }) => scenario.id === id && differences.some((difference) => isCovered(row, difference))))
      .map((id) => `${id} · ${row.line} · ${row.why}`),
  );
}

/** Trazas que no son de ningún escenario, y escenarios sin su traza. */
export function orphans(recorded: ReadonlyMap<string, RecordedTrace>, scenarios: readonly Scenario[] = catalogue): { traces: string[]; scenarios: string[] } {
  const ids = new Set(scenarios.map(({ id }) => id));
  return { traces: [...recorded.keys()].filter((id) => !ids.has(id)), scenarios: [...ids].filter((id) => !recorded.has(id)) };
}
