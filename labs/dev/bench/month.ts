import { fileURLToPath } from 'node:url';
import { lastWords, runNode } from './child.ts';
import type { BenchContext, Measure } from './measure.ts';
import type { MonthResult } from './month-scenario.ts';
import { summarize } from './statistics.ts';

const child = fileURLToPath(new URL('month-child.ts', import.meta.url));
const id = 'mes';
const title = 'StatefulSet de 3, 30 días virtuales, muertes al azar';

/** Cada repetición va en un proceso nuevo: un motor ya caliente daría cifras que nadie verá la primera vez. */
export const month: Measure = {
  id,
  title,
  async run(context) {
    const times: number[] = [];
    const results: MonthResult[] = [];
    for (let turn = 0; turn < context.repetitions; turn++) {
      context.report(`${title}, ${turn + 1} de ${context.repetitions}`);
      const result = await once(context, 1, 'tiempo');
      if (typeof result === 'string') return [{ id, title, reason: result }];
      times.push(result.took);
      results.push(result);
    }
    context.report('la misma semilla dos veces y otra una, con la huella de todos los cambios');
    const prints = [await once(context, 1, 'huella'), await once(context, 1, 'huella'), await once(context, 2, 'huella')];
    const failed = prints.find((print) => typeof print === 'string');
    if (typeof failed === 'string') return [{ id, title, reason: failed }];
    const [first, again, other] = prints as MonthResult[];
    const deaths = Math.min(...results.map((result) => result.deaths));
    return [
      {
        id,
        title,
        unit: 'ms',
        samples: summarize(times),
        goal: 1000,
        against: { title: 'node -e 0', median: context.nodeStart },
        claims: [
          { title: `${deaths} muertes`, holds: deaths >= 250 },
          { title: 'misma semilla, mismo resultado', holds: first?.fingerprint === again?.fingerprint },
          { title: 'otra semilla, otro', holds: first?.fingerprint !== other?.fingerprint },
          { title: 'acaba con 3 listos', holds: results.every((result) => result.ready === 3) },
        ],
      },
    ];
  },
};

async function once({ root }: BenchContext, seed: number, mode: 'tiempo' | 'huella'): Promise<MonthResult | string> {
  const run = await runNode([child, root, String(seed), mode], root);
  return run.exitCode === 0 ? (JSON.parse(run.stdout) as MonthResult) : lastWords(run, root);
}
