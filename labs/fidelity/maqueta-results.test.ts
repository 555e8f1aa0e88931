import { expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { differenceText } from './differences.ts';
import { compareWithReal, orphans, unneededRows } from './maqueta-results.ts';
import { mergeRuns } from './merge-runs.ts';
import type { RecordedTrace } from './trace.ts';
import { readTraces } from './traces.ts';

const id = 'generate-name';
const scenario = catalogue.find((one) => one.id === id);
const good = (await readTraces()).get(id);
if (!scenario || !good) throw new Error(`falta ${id}`);

const altered: RecordedTrace = {
  ...good,
  trace: { ...good.trace, steps: good.trace.steps.map((step, index) => (index === 0 ? { ...step, lines: { ...step.lines, 'Pod x · fase': 'Rota' } } : step)) },
};
const row = { scenarios: [id], line: /^Pod x · fase$/, why: 'para la prueba' };

it('una línea cambiada en la traza es una diferencia que se nombra, salvo que esté declarada', async () => {
  const { undeclared, differences } = await compareWithReal(scenario, altered, []);
  expect(undeclared.map(differenceText).join('\n')).toBe('generate-name · paso «crear» · Pod x · fase\n  - Rota\n  + (no sale)');
  expect(differences).toHaveLength(1);
  expect((await compareWithReal(scenario, altered, [row])).undeclared).toEqual([]);
});

it('una fila declarada que ya no hace falta se nombra', async () => {
  const result = await compareWithReal(scenario, good, [row]);
  expect(unneededRows([result], [row])).toEqual(['generate-name · /^Pod x · fase$/ · para la prueba']);
});

it('una traza sin escenario y un escenario sin traza se nombran', () => {
  expect(orphans(new Map([['otra', good]]), [scenario])).toEqual({ traces: ['otra'], scenarios: [id] });
});

it('lo que el real dijo otra vez también vale, y solo eso', async () => {
  const merged = mergeRuns(altered, good.trace);
  expect(merged.also).toEqual({ crear: { 'Pod x · fase': [null] } });
  expect(merged.recorded.runs).toBe(altered.recorded.runs + 1);
  expect((await compareWithReal(scenario, merged, [])).undeclared).toEqual([]);
  expect(mergeRuns(merged, good.trace).also).toEqual(merged.also);
});
