import { allowedDowntime, objectives } from '../../../labs/engine/availability.ts';
import type { Contrast } from '../../../labs/engine/month.ts';
import { wholeDuration } from '../../../labs/engine/month-checks.ts';
import { sayAvailability } from '../../../labs/engine/month-reading.ts';
import type { MonthReport } from '../../../labs/sonda/month.ts';
import { duration, percent, whole } from '../format.ts';

/** Un mes simulado, ya con palabras: etiqueta → lo que salió. */
export type MonthReading = readonly (readonly [label: string, text: string])[];

/** Lo que contesta el hilo que simula. */
export type MonthAnswer = { kind: 'month'; reading: MonthReading } | { kind: 'problem'; message: string };

export function readMonth({ measure, history, recovery, contrast }: MonthReport): MonthReading {
  const { downtime, outages, longest, horizon, errorShare } = measure;
  return [
    ['Averías', `${whole(history.failures)}; de cada reparación, ${duration(recovery)} los pone Kubernetes`],
    [
      'Caído',
      outages === 0
        ? 'ni un segundo'
        : `${wholeDuration(downtime)}, en ${whole(outages)} ${outages === 1 ? 'vez' : 'veces'}; la más larga, ${wholeDuration(longest)}`,
    ],
    ['Disponibilidad', `${sayAvailability(1 - downtime / horizon)}; de las peticiones habría fallado el ${percent(errorShare * 100)}`],
    ['Nueves', sayNines(downtime)],
    ['La cuenta, el servicio', sayContrast(contrast.service)],
    ['La cuenta, cada réplica', sayContrast(contrast.replica)],
  ];
}

const sayContrast = ({ expected, interval, measured, isInside }: Contrast): string =>
  `predice ${wholeDuration(expected)}, entre ${wholeDuration(interval.low)} y ${wholeDuration(interval.high)}; salió ${wholeDuration(measured)}: ${isInside ? 'dentro' : 'fuera'}`;

function sayNines(downtime: number): string {
  const met = objectives.filter((objective) => downtime <= allowedDowntime(objective, 'month')).at(-1);
  return met === undefined ? 'no llega al 99 %' : `cumple el ${percent(met)}`;
}
