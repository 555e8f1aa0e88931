import { runningTaller } from '../../cluster/taller-target.ts';
import { tallerCache } from '../../taller/cache.ts';
import { tallerObstacle, whyIn, withOwnTaller } from '../taller/own-taller.ts';
import { runTaller } from '../taller/run-taller.ts';
import { lastWords, runNode } from './child.ts';
import type { BenchContext, Measure, Missing, Reading } from './measure.ts';
import { summarize } from './statistics.ts';

const id = 'ejecutor';
const title = 'laboratorio 04 en el taller';
/** Lo más que puede costar el ejecutor, frente a lo que el clúster tarda por sí mismo. */
const share = 0.1;
/** Cada vez son minutos de reloj de verdad. */
const most = 3;
const patience = 600_000;

/**
 * El laboratorio 04 en el taller frente a lo que el clúster tarda por sí mismo. Sobrecoste es todo lo demás, desde que se
 * pide el proceso hasta que acaba el último paso: arrancar, leer, comparar, dibujar y lo que se tarda en darse cuenta de
 * que algo ya ha pasado. Se cuenta de más, nunca de menos: `meter.ts` dice cómo.
 */
export const executor: Measure = {
  id,
  title: 'laboratorio 04 en el taller y sobrecoste del ejecutor',
  async run(context) {
    if (await runningTaller(tallerCache(process.env))) return measureIn({}, context);
    const reason = await tallerObstacle(context.root, ['cluster']);
    if (reason !== undefined) return [{ id, title, reason }];
    return withOwnTaller(async (own) => {
      context.report('un taller propio: no hay ninguno levantado');
      const { code, out } = await runTaller(own, []);
      if (code !== 0) return [{ id, title, reason: `no se ha podido levantar el taller, salida ${code}: ${whyIn(out)}` }];
      return measureIn({ XDG_CACHE_HOME: own.home }, context);
    });
  },
};

async function measureIn(env: Readonly<Record<string, string>>, { root, repetitions, report }: BenchContext): Promise<(Reading | Missing)[]> {
  const totals: number[] = [];
  const own: number[] = [];
  const times = Math.min(repetitions, most);
  for (let turn = 0; turn < times; turn++) {
    report(`${title}, ${turn + 1} de ${times}`);
    const run = await runNode(['labs/dev/bench/executor-child.ts'], root, patience, env);
    const told = parseTold(run.stdout);
    if (run.exitCode !== 0 || told?.outcome !== 'done' || run.firstLine === undefined)
      return [{ id, title, reason: told ? `el laboratorio acabó en ${told.outcome}` : lastWords(run, root) }];
    totals.push(run.firstLine);
    own.push(told.clusterTime);
  }
  const cluster = summarize(own);
  const against = { title: 'lo que el clúster tarda por sí mismo', median: cluster.median };
  const total: Reading = { id: 'laboratorio-04-taller', title, unit: 'ms', samples: summarize(totals), against };
  const overhead: Reading = {
    id: 'sobrecoste',
    title: 'sobrecoste del ejecutor, como mucho',
    unit: 'ms',
    samples: summarize(totals.map((each, turn) => each - (own[turn] ?? 0))),
    goal: cluster.median * share,
    against,
  };
  return [total, overhead];
}

function parseTold(stdout: string): { outcome: string; clusterTime: number } | undefined {
  try {
    return JSON.parse(stdout) as { outcome: string; clusterTime: number };
  } catch {
    return undefined;
  }
}
