// Graba el catálogo en el taller, suma otra vuelta a lo grabado, o lo vuelve a correr y lo compara.
// Uso: node labs/fidelity/record.ts [sumar|comparar] [kubeconfig=RUTA] [escenario…]
import { parseArgs } from 'node:util';
import { openTallerRest } from '../cluster/taller-rest.ts';
import { LabError } from '../engine/lab-error.ts';
import { catalogue } from './catalogue.ts';
import { compareTraces, type Difference, differenceText } from './differences.ts';
import { openKubeSite } from './kube-site.ts';
import { mergeRuns } from './merge-runs.ts';
import { namespaceFor, runCatalogue } from './run-catalogue.ts';
import { runScenario } from './run-scenario.ts';
import type { Scenario } from './scenario.ts';
import type { Trace } from './trace.ts';
import { readTraces, writeTrace } from './traces.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const mode = positionals.includes('comparar') ? 'comparar' : positionals.includes('sumar') ? 'sumar' : 'grabar';
const kubeconfig = positionals.find((word) => word.startsWith('kubeconfig='))?.slice('kubeconfig='.length);
const wanted = positionals.filter((word) => word !== 'comparar' && word !== 'sumar' && !word.includes('='));
const unknown = wanted.filter((id) => !catalogue.some((scenario) => scenario.id === id));

if (unknown.length > 0) {
  console.error(`No hay ningún escenario llamado ${unknown.join(', ')}. Los hay: ${catalogue.map(({ id }) => id).join(', ')}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await main().catch((error: unknown) => {
    if (!(error instanceof LabError) || error.code !== 'ENVIRONMENT') throw error;
    console.error(`${error.message}${error.fix ? `\n  ${error.fix}` : ''}`);
    return 3;
  });
}

async function main(): Promise<number> {
  const site = await openKubeSite('taller', await openTallerRest(process.env, kubeconfig));
  const stored = await readTraces();
  const at = new Date().toISOString();
  let bad = 0;

  const fail = (line: string) => {
    bad += 1;
    console.log(line);
  };

  /** Lo que no sale como se grabó, enseñado. `undefined`: no hay con qué comparar. */
  function differencesOf(scenario: Scenario, trace: Trace, took: string): readonly Difference[] | undefined {
    const before = stored.get(scenario.id);
    if (!before) {
      fail(`✗ ${scenario.id}: no está grabado`);
      return undefined;
    }
    const { differences } = compareTraces(before.trace, trace, before.also);
    console.log(differences.length === 0 ? `✓ ${scenario.id} (${took})` : `? ${scenario.id} (${took}): no sale lo mismo que se grabó`);
    for (const difference of differences) console.log(differenceText(difference).replace(/^/gm, '  '));
    return differences;
  }

  /** Lo que no vuelve a salir distinto, solo y con calma, es cosa de la prisa; la misma línea distinta dos veces, un fallo. */
  async function askAgain(scenario: Scenario, lines: ReadonlySet<string> | undefined): Promise<void> {
    const start = performance.now();
    try {
      const trace = await runScenario({ site, scenario, namespace: namespaceFor(scenario) });
      const differences = differencesOf(scenario, trace, `otra vez, solo, ${inSeconds(performance.now() - start)}`) ?? [];
      const repeated = lines ? differences.filter((difference) => lines.has(placeOf(difference))) : differences;
      if (repeated.length > 0) fail(`✗ ${scenario.id}: dos veces distinto de lo grabado en ${repeated.map(placeOf).join('; ')}`);
    } catch (error) {
      fail(`✗ ${scenario.id}: ${messageOf(error)}`);
    }
  }

  try {
    const chosen = catalogue.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    const doubtful: { scenario: Scenario; lines: ReadonlySet<string> | undefined }[] = [];
    await runCatalogue(site, chosen, async ({ scenario, trace, error, took }) => {
      const seconds = inSeconds(took);
      if (mode === 'comparar') {
        if (!trace) console.log(`? ${scenario.id} (${seconds}): ${messageOf(error)}`);
        const differences = trace && differencesOf(scenario, trace, seconds);
        if (!trace || (differences && differences.length > 0)) doubtful.push({ scenario, lines: differences && new Set(differences.map(placeOf)) });
        return;
      }
      if (!trace) return fail(`✗ ${scenario.id} (${seconds}): ${messageOf(error)}`);
      const before = mode === 'sumar' ? stored.get(scenario.id) : undefined;
      await writeTrace(before ? mergeRuns(before, trace) : { recorded: { kubernetes: site.version, at, target: site.id, runs: 1 }, trace });
      console.log(`✓ ${scenario.id} (${seconds})`);
    });
    for (const { scenario, lines } of doubtful) await askAgain(scenario, lines);
    console.log(`${chosen.length - bad} passed, ${bad} failed`);
  } finally {
    await site.close();
  }
  return bad > 0 ? 1 : 0;
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).replace('.', ',')} s`;
}

function placeOf({ step, line }: Difference): string {
  return `«${step}» · ${line}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
