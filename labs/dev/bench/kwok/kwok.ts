import { fileURLToPath } from 'node:url';
import { ensureBinaries } from '../../../taller/build/ensure-binaries.ts';
import { tallerObstacle, withOwnTaller } from '../../taller/own-taller.ts';
import { lastWords, runNode } from '../child.ts';
import type { Measure, Missing, Reading } from '../measure.ts';
import type { ScaleResult } from '../scale-scenario.ts';
import { summarize } from '../statistics.ts';
import { treeMemory } from '../tree-memory.ts';
import { raiseKwokCluster } from './cluster.ts';
import { type KwokResult, runKwokScale } from './scenario.ts';

const id = 'kwok';
const title = 'Kubernetes real + KWOK: 1 000 nodos y 5 000 Pods hasta Ready';
const maquetaChild = fileURLToPath(new URL('../scale-child.ts', import.meta.url));
/** Cada vez son minutos de reloj de verdad. */
const most = 3;
const patience = 600_000;

type Turn = { real: KwokResult; memory: number; maqueta: ScaleResult };

/** La misma carga en los dos, por turnos en la misma ejecución: lo que haga la máquina entre tanto les toca a ambos. */
export const kwok: Measure = {
  id,
  title: 'Kubernetes real + KWOK frente a la maqueta, con 1 000 nodos y 5 000 Pods',
  async run({ root, repetitions, report }) {
    const reason = await tallerObstacle(root, ['cluster', 'kwok']);
    if (reason !== undefined) return [{ id, title, reason }];
    const turns: Turn[] = [];
    const times = Math.min(repetitions, most);
    for (let turn = 0; turn < times; turn++) {
      report(`${title}, ${turn + 1} de ${times}`);
      const result = await oneTurn(root);
      if ('reason' in result) return [result];
      turns.push(result);
    }
    const maquetaTook = summarize(turns.map(({ maqueta }) => maqueta.took));
    const maquetaMemory = summarize(turns.map(({ maqueta }) => maqueta.memory));
    const readings: Reading[] = [
      {
        id,
        title,
        unit: 'ms',
        samples: summarize(turns.map(({ real }) => real.took)),
        against: { title: 'la maqueta con lo mismo', median: maquetaTook.median },
        claims: [{ title: '5 000 Ready en los dos', holds: turns.every(({ real, maqueta }) => real.ready === 5000 && maqueta.ready === 5000) }],
      },
      {
        id: 'kwok-memoria',
        title: 'memoria de ese plano de control con KWOK (PSS)',
        unit: 'MB',
        samples: summarize(turns.map(({ memory }) => memory)),
        against: { title: 'la maqueta con lo mismo', median: maquetaMemory.median },
      },
    ];
    return readings;
  },
};

async function oneTurn(root: string): Promise<Turn | Missing> {
  const run = await runNode([maquetaChild], root);
  if (run.exitCode !== 0) return { id, title, reason: `la maqueta, ${lastWords(run, root)}` };
  const maqueta = JSON.parse(run.stdout) as ScaleResult;
  return withOwnTaller(async ({ cacheDir }) => {
    const signal = new AbortController().signal;
    const { folder } = await ensureBinaries({ cacheDir, groups: ['cluster', 'kwok'], onProgress: () => undefined, signal });
    const { api, pid } = await raiseKwokCluster(cacheDir, folder);
    const real = await runKwokScale(api, patience);
    return { real, memory: treeMemory(pid), maqueta };
  });
}
