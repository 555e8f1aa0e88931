import { fileURLToPath } from 'node:url';
import { lastWords, runNode } from './child.ts';
import type { BenchContext, Measure, Missing, Reading } from './measure.ts';
import type { MonthOptions, MonthResult } from './month-scenario.ts';
import { summarize } from './statistics.ts';

const child = fileURLToPath(new URL('month-child.ts', import.meta.url));
const title = 'StatefulSet de 3, 30 días virtuales, muertes al azar';
const scripted = 'lo mismo con la aplicación del laboratorio 04, un día virtual';
const common = { seed: 1, days: 30, app: 'nginx', withFingerprint: false } as const;

/** Cada repetición va en un proceso nuevo: un motor ya caliente daría cifras que nadie verá la primera vez. */
export const month: Measure = {
  id: 'mes',
  title,
  async run(context) {
    try {
      return [await quietMonth(context), await scriptedDay(context)];
    } catch (error) {
      if (!(error instanceof FailedRun)) throw error;
      return [{ id: 'mes', title, reason: error.message } satisfies Missing];
    }
  },
};

async function quietMonth(context: BenchContext): Promise<Reading> {
  const results = await repeat(context, title, common);
  context.report('la misma semilla dos veces y otra una, con la huella de todos los cambios');
  const first = await once(context, { ...common, withFingerprint: true });
  const again = await once(context, { ...common, withFingerprint: true });
  const other = await once(context, { ...common, withFingerprint: true, seed: 2 });
  const deaths = Math.min(...results.map((result) => result.deaths));
  return {
    id: 'mes',
    title,
    unit: 'ms',
    samples: summarize(results.map((result) => result.took)),
    goal: 1000,
    against: { title: 'node -e 0', median: context.nodeStart },
    claims: [
      { title: `${deaths} muertes`, holds: deaths >= 250 },
      { title: 'misma semilla, mismo resultado', holds: first.fingerprint === again.fingerprint },
      { title: 'otra semilla, otro', holds: first.fingerprint !== other.fingerprint },
      { title: 'acaba con 3 listos', holds: results.every((result) => result.ready === 3) },
    ],
  };
}

/** Sin meta: enseña lo que cuesta ejecutar de verdad el guion en cada sonda, 259 200 al día. */
async function scriptedDay(context: BenchContext): Promise<Reading> {
  const results = await repeat(context, scripted, { ...common, days: 1, app: 'guion' });
  return {
    id: 'dia-con-guion',
    title: scripted,
    unit: 'ms',
    samples: summarize(results.map((result) => result.took)),
    claims: [{ title: 'acaba con 3 listos', holds: results.every((result) => result.ready === 3) }],
  };
}

async function repeat(context: BenchContext, name: string, options: Omit<MonthOptions, 'root'>): Promise<MonthResult[]> {
  const results: MonthResult[] = [];
  for (let turn = 0; turn < context.repetitions; turn++) {
    context.report(`${name}, ${turn + 1} de ${context.repetitions}`);
    results.push(await once(context, options));
  }
  return results;
}

class FailedRun extends Error {}

async function once({ root }: BenchContext, options: Omit<MonthOptions, 'root'>): Promise<MonthResult> {
  const run = await runNode([child, JSON.stringify({ ...options, root })], root);
  if (run.exitCode !== 0) throw new FailedRun(lastWords(run, root));
  return JSON.parse(run.stdout) as MonthResult;
}
