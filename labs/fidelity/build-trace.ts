import { eventLines } from './event-lines.ts';
import type { Names } from './names.ts';
import type { Seen } from './observe.ts';
import { orderLines } from './order-lines.ts';
import type { Scenario } from './scenario.ts';
import { storyLines } from './story-lines.ts';
import type { Lines, Trace } from './trace.ts';

/** Lo que un escenario dejó al correr, aún con los nombres de ese clúster. */
export interface RunRecord {
  scenario: Scenario;
  log: readonly Seen[];
  /** Por paso: lo que la API contestó y lo leído a propósito. */
  answers: readonly Lines[];
  /** Tablas y reparto del final. */
  final: Lines;
}

export function buildTrace({ scenario, log, answers, final }: RunRecord, names: Names): Trace {
  const story = storyLines(log, names, scenario);
  const events = eventLines(log, names, scenario);
  const order = orderLines(log, names, scenario.order ?? []);
  const clean = (lines: Lines) => Object.fromEntries(Object.entries(lines).map(([key, value]) => [names.text(key), names.text(value)]));
  return {
    scenario: scenario.id,
    title: scenario.title,
    steps: scenario.steps.map(({ title }, index) => ({
      title,
      lines: { ...clean(answers[index] ?? {}), ...order[index], ...sorted(story[index]), ...sorted(events[index]) },
    })),
    final: clean(final),
  };
}

const sorted = (lines: Lines = {}): Lines => Object.fromEntries(Object.entries(lines).sort(([a], [b]) => (a < b ? -1 : 1)));
