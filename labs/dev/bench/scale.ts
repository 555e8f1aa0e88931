import { fileURLToPath } from 'node:url';
import { lastWords, runNode } from './child.ts';
import type { Measure } from './measure.ts';
import type { ScaleResult } from './scale-scenario.ts';
import { summarize } from './statistics.ts';

const child = fileURLToPath(new URL('scale-child.ts', import.meta.url));
const title = '1 000 nodos y 5 000 Pods hasta Ready';

/** En un proceso aparte: la memoria que se mide es solo la suya. */
export const scale: Measure = {
  id: 'escala',
  title,
  async run({ root, repetitions, nodeStart, report }) {
    const results: ScaleResult[] = [];
    for (let turn = 0; turn < repetitions; turn++) {
      report(`${title}, ${turn + 1} de ${repetitions}`);
      const run = await runNode([child], root);
      if (run.exitCode !== 0) return [{ id: 'escala', title, reason: lastWords(run, root) }];
      results.push(JSON.parse(run.stdout) as ScaleResult);
    }
    const claims = [{ title: '5 000 Ready', holds: results.every((result) => result.ready === 5000) }];
    const against = { title: 'node -e 0', median: nodeStart };
    return [
      { id: 'escala', title, unit: 'ms', samples: summarize(results.map((result) => result.took)), goal: 6000, against, claims },
      { id: 'escala-memoria', title: 'memoria máxima de ese proceso', unit: 'MB', samples: summarize(results.map((result) => result.memory)), goal: 500 },
    ];
  },
};
