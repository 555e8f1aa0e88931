import { type MonthHistory, type MonthOptions as Simulation, simulateMonth } from '../../src/maqueta/month/simulate-month.ts';
import { LabError } from '../engine/lab-error.ts';
import { type Contrast, contrastMonth, type MonthMeasure, measureMonth } from '../engine/month.ts';
import { humanDuration } from '../engine/reading.ts';

export interface MonthOptions extends Pick<Simulation, 'seed' | 'days' | 'replicas' | 'placement' | 'failure' | 'mtbf'> {
  /** Cuántas réplicas hacen falta para decir que hay servicio. */
  needed: number;
  /** Tiempo medio desde que una réplica se avería hasta que otra vez contesta: la reparación y lo que tarda Kubernetes. */
  mttr: number;
  /** La de los intervalos. Por defecto, 0,95: uno de cada veinte meses queda fuera. */
  confidence?: number;
}

export interface MonthReport {
  options: MonthOptions;
  /** De cada MTTR, lo que pone Kubernetes: medido antes, en otra pasada. */
  recovery: number;
  history: MonthHistory;
  measure: MonthMeasure;
  contrast: { service: Contrast; replica: Contrast };
}

/** Averías con las que se mide lo que tarda Kubernetes. */
const rehearsals = 60;

/** Un mes de averías al azar en la maqueta, y si la cuenta de siempre lo explica. */
export function runMonth(options: MonthOptions): MonthReport {
  const { replicas, needed, mtbf, mttr, failure, confidence } = options;
  if (needed < 1 || needed > replicas) throw new LabError(`No se pueden necesitar ${needed} de ${replicas} réplicas.`, { code: 'USAGE' });
  const recovery = measureRecovery(options);
  if (mttr <= recovery)
    throw new LabError(
      `El MTTR no puede bajar de ${humanDuration(recovery)}: es lo que tarda Kubernetes en reponer ${failure === 'pod' ? 'un Pod' : 'lo de un nodo que vuelve'}.`,
      { code: 'USAGE' },
    );
  const history = simulateMonth({ ...options, repair: mttr - recovery });
  const measure = measureMonth(history.changes, { horizon: history.horizon, replicas, needed });
  return {
    options,
    recovery,
    history,
    measure,
    contrast: contrastMonth(measure, { replicas, needed, mtbf, mttr, ...(confidence === undefined ? {} : { confidence }) }),
  };
}

/** Una sola réplica, averiada muchas veces: lo que está caída y no es reparación. */
function measureRecovery({ seed, failure, mttr }: MonthOptions): number {
  // Con Pods, una reparación de un milisegundo: queda lo que cuesta el contenedor que repara.
  const repair = failure === 'pod' ? 1 : mttr;
  const mtbf = failure === 'pod' ? 300_000 : mttr * 4;
  const days = (rehearsals * (mtbf + repair)) / 86_400_000;
  const { changes, horizon, off } = simulateMonth({
    seed: seed + 1,
    days,
    replicas: 1,
    placement: failure === 'pod' ? 'spread' : 'perNode',
    failure,
    mtbf,
    repair,
  });
  const { downtime, outages } = measureMonth(changes, { horizon, replicas: 1, needed: 1 });
  return (downtime - off) / outages;
}
