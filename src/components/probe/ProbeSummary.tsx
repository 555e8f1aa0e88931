import type { ReactNode } from 'react';
import { budgetTable, downtimeOf } from '../../../labs/engine/availability.ts';
import { errorCount, sayErrors } from '../../../labs/engine/probe-reading.ts';
import type { ProbePercentiles, ProbeResult } from '../../../labs/engine/probe-result.ts';
import { duration, latency, percent, whole } from '../format.ts';
import styles from './probe.module.css';

/** Lo medido en cifras: cuántas, cuáles fallaron, cuánto tardaron y qué cuesta eso en un mes. */
export function ProbeSummary({ result }: { result: ProbeResult }): ReactNode {
  const failed = errorCount(result);
  const { longestGap } = result;
  const rows: [string, string][] = [
    ['Peticiones', whole(result.requests)],
    ['Con error', failed === 0 ? 'ninguna' : `${whole(failed)} (${sayErrors(result)})`],
    ['Hueco más largo', longestGap ? `${latency(longestGap.duration)}${longestGap.isOpen ? ', y al acabar seguía' : ''}` : 'ninguno'],
    ...(result.latency.all ? [['Tiempo de respuesta', percentiles(result.latency.all)] satisfies [string, string]] : []),
    // Es culpa suya y está dentro de lo anterior: quien lee tiene que poder descontarlo.
    ...(result.lateness
      ? [['Retraso de la sonda', `p50 ${latency(result.lateness.p50)} · p99 ${latency(result.lateness.p99)}`] satisfies [string, string]]
      : []),
    ...(failed === 0 ? [] : [['Presupuesto de un mes', budget(result)] satisfies [string, string]]),
  ];
  return (
    <dl className={styles.summary}>
      {rows.map(([label, value]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

const percentiles = ({ p50, p90, p99, max }: ProbePercentiles): string =>
  `p50 ${latency(p50)} · p90 ${latency(p90)} · p99 ${latency(p99)} · máximo ${latency(max)}`;

const budget = (result: ProbeResult): string =>
  `como ${duration(downtimeOf(result))} de caída: ${budgetTable(downtimeOf(result), [99.9, 99.99])
    .map(({ objective, month }) => `al ${percent(objective)}, gasta el ${percent(month.spent * 100)}`)
    .join('; ')}`;
