// Graba el catálogo en el taller, suma otra vuelta a lo grabado, o lo vuelve a correr y lo compara.
// Uso: node labs/fidelity/record.ts [sumar|comparar] [kubeconfig=RUTA] [escenario…]
import { parseArgs } from 'node:util';
import { openTallerRest } from '../cluster/taller-rest.ts';
import { LabError } from '../engine/lab-error.ts';
import { catalogue } from './catalogue.ts';
import { compareTraces, differenceText } from './differences.ts';
import { openKubeSite } from './kube-site.ts';
import { mergeRuns } from './merge-runs.ts';
import { runCatalogue, type ScenarioResult } from './run-catalogue.ts';
import { runScenario } from './run-scenario.ts';
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

  /** Una diferencia que no se repite con la máquina en calma es cosa de la prisa, y se cuenta; la que se repite, un fallo. */
  async function compare(
    { scenario, trace }: { scenario: ScenarioResult['scenario']; trace: Trace },
    seconds: string,
  ): Promise<ScenarioResult['scenario'] | undefined> {
    const before = stored.get(scenario.id);
    if (!before) {
      fail(`✗ ${scenario.id}: no está grabado`);
      return undefined;
    }
    const { differences } = compareTraces(before.trace, trace, before.also);
    if (differences.length === 0) console.log(`✓ ${scenario.id} (${seconds})`);
    else console.log(`? ${scenario.id} (${seconds}): no sale lo mismo que se grabó`);
    for (const difference of differences) console.log(differenceText(difference).replace(/^/gm, '  '));
    return differences.length > 0 ? scenario : undefined;
  }

  try {
    const chosen = catalogue.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    const doubtful: ScenarioResult['scenario'][] = [];
    await runCatalogue(site, chosen, async ({ scenario, trace, error, took }) => {
      const seconds = inSeconds(took);
      if (!trace) return fail(`✗ ${scenario.id} (${seconds}): ${error instanceof Error ? error.message : String(error)}`);
      if (mode === 'comparar') {
        const again = await compare({ scenario, trace }, seconds);
        if (again) doubtful.push(again);
        return;
      }
      const before = mode === 'sumar' ? stored.get(scenario.id) : undefined;
      await writeTrace(before ? mergeRuns(before, trace) : { recorded: { kubernetes: site.version, at, target: site.id, runs: 1 }, trace });
      console.log(`✓ ${scenario.id} (${seconds})`);
    });
    for (const scenario of doubtful) {
      const start = performance.now();
      const trace = await runScenario({ site, scenario, namespace: `fid-${scenario.id.slice(0, 40)}-otra-vez` });
      const again = await compare({ scenario, trace }, `otra vez, solo, ${inSeconds(performance.now() - start)}`);
      if (again) fail(`✗ ${scenario.id}: dos veces distinto de lo grabado`);
    }
    console.log(`${chosen.length - bad} passed, ${bad} failed`);
  } finally {
    await site.close();
  }
  return bad > 0 ? 1 : 0;
}

function inSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1).replace('.', ',')} s`;
}
