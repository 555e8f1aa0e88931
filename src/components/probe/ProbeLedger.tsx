import type { ReactNode } from 'react';
import { budgetTable, downtimeOf, meanTimeToRepair, objectives } from '../../../labs/engine/availability.ts';
import { errorCount } from '../../../labs/engine/probe-reading.ts';
import type { ProbeResult } from '../../../labs/engine/probe-result.ts';
import type { LabData } from '../../site-data/lab-data.ts';
import { duration, latency, percent, whole } from '../format.ts';
import { MissingRecording, ShortLabel } from '../recording/RecordingLabel.tsx';
import styles from './probe.module.css';

/** `<CuentasDeSonda lab="14">`: todas las medidas de una grabación en una tabla, y lo que cada una gasta de un mes. */
export function ProbeLedger({ data }: { data: LabData }): ReactNode {
  const { recording } = data;
  if (!recording) return <MissingRecording lab={data.id} />;
  const measures = recording.events.flatMap((event) => (event.kind === 'stepMeasured' ? [event] : []));
  if (measures.length === 0) throw new Error(`<CuentasDeSonda>: en el laboratorio ${data.id} no hay ninguna medida`);
  return (
    <figure className={`${styles.contrast} ${styles.ledger}`}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label="Todas las medidas">
        <table>
          <thead>
            <tr>
              {['Medida', 'Con error', 'Hueco más largo', 'MTTR', 'p50', 'p99', ...objectives.map((objective) => `Del mes al ${percent(objective)}`)].map(
                (title) => (
                  <th key={title} scope="col">
                    {title}
                  </th>
                ),
              )}
            </tr>
          </thead>
          <tbody>
            {measures.map(({ stepId, title, result }) => (
              <tr key={`${stepId} ${title}`}>
                <th scope="row">
                  <code>{stepId}</code>: {title}
                </th>
                {cellsOf(result).map((cell, index) => (
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className={styles.label}>
        Percentiles de las que tuvieron éxito. Cada petición fallida vale por el rato que le toca. <ShortLabel recording={recording} />
      </figcaption>
    </figure>
  );
}

function cellsOf(result: ProbeResult): string[] {
  const { longestGap, requests } = result;
  const failed = errorCount(result);
  const success = result.latency.succeeded;
  const mttr = meanTimeToRepair(result);
  return [
    `${whole(failed)} de ${whole(requests)}`,
    longestGap ? latency(longestGap.duration) : 'ninguno',
    mttr === undefined ? '—' : duration(mttr),
    success ? latency(success.p50) : '—',
    success ? latency(success.p99) : '—',
    ...budgetTable(downtimeOf(result)).map(({ month }) => percent(month.spent * 100)),
  ];
}
