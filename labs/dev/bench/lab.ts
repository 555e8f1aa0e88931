import { type ChildRun, lastWords, runNode } from './child.ts';
import type { Measure, Reading } from './measure.ts';
import { summarize } from './statistics.ts';

/** El laboratorio 04 en la maqueta, como lo escribe quien lo ejecuta: hasta la primera línea y hasta el final. */
export const lab: Measure = {
  id: 'laboratorio',
  title: 'primera línea en pantalla y laboratorio 04 entero en la maqueta',
  async run({ root, repetitions, nodeStart, report }) {
    const runs: ChildRun[] = [];
    for (let turn = 0; turn < repetitions; turn++) {
      report(`laboratorio 04 en la maqueta, ${turn + 1} de ${repetitions}`);
      const run = await runNode(['labs/cli.ts', '04', 'maqueta', 'plano'], root);
      if (run.exitCode !== 0) return [{ id: 'laboratorio', title: 'laboratorio 04 en la maqueta', reason: lastWords(run, root) }];
      runs.push(run);
    }
    const against = { title: 'node -e 0', median: nodeStart };
    const firstLine: Reading = {
      id: 'primera-linea',
      title: 'primera línea en pantalla',
      unit: 'ms',
      samples: summarize(runs.map((run) => run.firstLine ?? run.total)),
      goal: 150,
      against,
    };
    const total: Reading = {
      id: 'laboratorio-04',
      title: 'laboratorio 04 en la maqueta',
      unit: 'ms',
      samples: summarize(runs.map((run) => run.total)),
      goal: 3000,
      against,
    };
    return [firstLine, total];
  },
};
