import { readFile } from 'node:fs/promises';
import { describe, expect, it } from 'vitest';
import { catalogue } from './catalogue.ts';
import { differenceText } from './differences.ts';
import { knownDifferences } from './known-differences.ts';
import { compareWithReal, orphans, type Result, unneededRows } from './maqueta-results.ts';
import { countVariants } from './merge-runs.ts';
import { publish, publishedFile, publishOrder } from './published.ts';
import { digestOf, readCompared } from './random/compared.ts';
import { readTraces } from './traces.ts';

const recorded = await readTraces();
const results = new Map<string, Promise<Result>>();

describe('la maqueta hace lo que el Kubernetes real hizo al grabar', () => {
  it.each(catalogue.map((scenario) => [`${scenario.id}: ${scenario.title}`, scenario] as const))('%s', async (_title, scenario) => {
    const trace = recorded.get(scenario.id);
    if (!trace) return expect.fail(`${scenario.id} no está grabado: node labs/fidelity/record.ts ${scenario.id}`);
    const result = compareWithReal(scenario, trace);
    results.set(scenario.id, result);
    const { undeclared } = await result;
    expect(undeclared.map(differenceText).join('\n')).toBe('');
  });

  it('ninguna diferencia declarada sobra', async () => {
    expect(unneededRows(await Promise.all(results.values()))).toEqual([]);
    for (const { why } of knownDifferences) expect(why.length).toBeGreaterThan(20);
  });

  it('lo que publica el sitio es lo que acaba de salir', async () => {
    const stored = JSON.parse(await readFile(publishedFile, 'utf8'));
    expect(stored, `Vuelve a hacerlo: ${publishOrder}`).toEqual(
      JSON.parse(JSON.stringify(publish(await Promise.all(results.values()), recorded, await readCompared()))),
    );
  });
});

it('cada traza es de un escenario y cada escenario tiene su traza, de la misma versión', () => {
  expect(orphans(recorded)).toEqual({ traces: [], scenarios: [] });
  for (const { recorded: from, trace } of recorded.values())
    expect(`${trace.scenario} ${from.kubernetes} ${from.target}`).toBe(`${trace.scenario} v1.37.1 taller`);
});

it('los programas al azar que se publican son los que esas semillas dan hoy, y los hay', async () => {
  const compared = await readCompared();
  expect(compared.length).toBeGreaterThanOrEqual(3);
  for (const { seed, digest, kubernetes, programs, lines } of compared) {
    expect([seed, digest, kubernetes], `Vuelve a compararlos: node labs/fidelity/random.ts semilla=${seed} anotar`).toEqual([seed, digestOf(seed), 'v1.37.1']);
    expect(programs.equal).toBeLessThanOrEqual(programs.total);
    expect(lines.equal).toBeLessThanOrEqual(lines.total);
  }
});

it('los pasos de cada traza son los de su escenario', () => {
  const titles = (steps: readonly { title: string }[]) => steps.map(({ title }) => title);
  for (const scenario of catalogue)
    expect([scenario.id, ...titles(recorded.get(scenario.id)?.trace.steps ?? [])]).toEqual([scenario.id, ...titles(scenario.steps)]);
});

it('el real casi siempre contesta lo mismo: pocas líneas tienen más de una respuesta buena', () => {
  const lines = [...recorded.values()].flatMap(({ trace }) => [...trace.steps.map(({ lines }) => lines), trace.final]).flatMap(Object.keys).length;
  const varying = [...recorded.values()].reduce((sum, one) => sum + countVariants(one), 0);
  expect(varying / lines).toBeLessThan(0.03);
});
