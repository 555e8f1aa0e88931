import type { ReactNode } from 'react';
import { allowedDowntime, objectives, type Period } from '../../../labs/engine/availability.ts';
import { longDuration } from '../../../labs/engine/long-duration.ts';
import { percent } from '../format.ts';
import styles from './probe.module.css';

const columns: readonly [Period, string][] = [
  ['year', 'Año de 365 días'],
  ['month', 'Mes de 30 días'],
  ['week', 'Semana'],
];

/** `<TablaDeNueves>`: lo que cada objetivo deja caerse. No se escribe: se calcula con lo mismo que juzga las medidas. */
export function NinesTable(): ReactNode {
  return (
    <div className={styles.contrast}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label="Lo que permite cada objetivo">
        <table>
          <thead>
            <tr>
              <th scope="col">Objetivo</th>
              {columns.map(([period, title]) => (
                <th key={period} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {objectives.map((objective) => (
              <tr key={objective}>
                <th scope="row">{percent(objective)}</th>
                {columns.map(([period]) => (
                  <td key={period}>{longDuration(allowedDowntime(objective, period))}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
