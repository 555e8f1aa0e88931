import type { ReactNode } from 'react';
import { latency, whole } from '../format.ts';
import type { ChartColumn } from './chart-columns.ts';
import styles from './probe.module.css';

/** Lo mismo que la gráfica, tramo a tramo. */
export function ProbeTable({ columns }: { columns: readonly ChartColumn[] }): ReactNode {
  return (
    <details className={styles.tableDetails}>
      <summary>Lo mismo, en una tabla</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label="Tabla de la medida">
        <table>
          <thead>
            <tr>
              <th scope="col">Segundo</th>
              <th scope="col">Peticiones</th>
              <th scope="col">Con error</th>
              <th scope="col">La más lenta</th>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ from, to, requests, errors, slowest }) => (
              <tr key={from}>
                <th scope="row">{to - from === 1 ? from : `${from}–${to - 1}`}</th>
                <td>{whole(requests)}</td>
                <td>{whole(errors)}</td>
                <td>{latency(slowest)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
