// Graba el catálogo en el taller, o lo vuelve a correr y lo compara con lo grabado.
// Uso: node labs/fidelity/record.ts [comparar] [kubeconfig=RUTA] [escenario…]
import { parseArgs } from 'node:util';
import { openTallerRest } from '../cluster/taller-rest.ts';
import { catalogue } from './catalogue.ts';
import { compareTraces, differenceText } from './differences.ts';
import { openKubeSite } from './kube-site.ts';
import { runCatalogue } from './run-catalogue.ts';
import { readTraces, writeTrace } from './traces.ts';

const { positionals } = parseArgs({ allowPositionals: true });
const isComparing = positionals.includes('comparar');
const kubeconfig = positionals.find((word) => word.startsWith('kubeconfig='))?.slice('kubeconfig='.length);
const wanted = positionals.filter((word) => word !== 'comparar' && !word.includes('='));
const unknown = wanted.filter((id) => !catalogue.some((scenario) => scenario.id === id));

if (unknown.length > 0) {
  console.error(`No hay ningún escenario llamado ${unknown.join(', ')}. Los hay: ${catalogue.map(({ id }) => id).join(', ')}.`);
  process.exitCode = 2;
} else {
  process.exitCode = await main();
}

async function main(): Promise<number> {
  const site = await openKubeSite('taller', await openTallerRest(process.env, kubeconfig));
  const stored = await readTraces();
  const at = new Date().toISOString();
  let bad = 0;
  try {
    const chosen = catalogue.filter(({ id }) => wanted.length === 0 || wanted.includes(id));
    await runCatalogue(site, chosen, async ({ scenario, trace, error, took }) => {
      const seconds = `${(took / 1000).toFixed(1).replace('.', ',')} s`;
      if (!trace) {
        bad += 1;
        console.log(`✗ ${scenario.id} (${seconds}): ${error instanceof Error ? error.message : String(error)}`);
        return;
      }
      if (!isComparing) {
        await writeTrace({ recorded: { kubernetes: site.version, at, target: site.id }, trace });
        console.log(`✓ ${scenario.id} (${seconds})`);
        return;
      }
      const before = stored.get(scenario.id);
      const differences = before ? compareTraces(before.trace, trace).differences : [];
      if (before && differences.length === 0) return console.log(`✓ ${scenario.id} (${seconds})`);
      bad += 1;
      console.log(before ? `✗ ${scenario.id} (${seconds}): no sale lo mismo que se grabó` : `✗ ${scenario.id}: no está grabado`);
      for (const difference of differences) console.log(differenceText(difference).replace(/^/gm, '  '));
    });
    console.log(`${chosen.length - bad} passed, ${bad} failed`);
  } finally {
    await site.close();
  }
  return bad > 0 ? 1 : 0;
}
