import type { ReactNode } from 'react';
import { medianOf } from '../../../labs/sonda/contrast/judge.ts';
import type { ContrastRecording } from '../../../labs/sonda/contrast/recording.ts';
import { faultRows, pauseRows } from '../../../labs/sonda/contrast/table.ts';
import { date, milliseconds, whole } from '../format.ts';
import styles from './probe.module.css';

/** `<ContrasteDeSonda servicio="fallos">` o `servicio="parada"`: lo que dijeron las dos herramientas, en una tabla. */
export function ContrastTable({ servicio, data }: { servicio: 'fallos' | 'parada'; data: ContrastRecording }): ReactNode {
  const { head, rows } = servicio === 'fallos' ? faultsOf(data) : pauseOf(data);
  return (
    <figure className={styles.contrast}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label={servicio === 'fallos' ? 'Contraste con fallos' : 'Contraste con una parada'}>
        <table>
          <thead>
            <tr>
              {head.map((title) => (
                <th key={title} scope="col">
                  {title}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className={styles.label}>
        {servicio === 'fallos' ? sayCounts(data) : 'Una medida de cada una.'} Medido en {data.target} con {data.tool}, {date(data.recordedAt)}.
      </figcaption>
    </figure>
  );
}

/** «fortio», sin su versión: esa va en el pie. */
const nameOf = ({ tool }: ContrastRecording): string => tool.split(' ')[0] ?? tool;

function faultsOf(data: ContrastRecording) {
  return {
    head: ['', 'A propósito', 'Sonda', nameOf(data), 'Diferencia', 'Se admite', 'Peor pareja', `Vaivén de ${nameOf(data)}`],
    rows: faultRows(data).map((row) => [
      row.name,
      ...[row.truth, row.probe, row.tool, row.difference, row.allowed, row.worstPair, row.toolSpread].map(milliseconds),
    ]),
  };
}

function pauseOf(data: ContrastRecording) {
  return {
    head: ['', 'Por la cuenta', 'Sonda', `${nameOf(data)}, 120 conexiones`, 'Diferencia', 'Se admite', `${nameOf(data)}, 1 conexión`],
    rows: pauseRows(data).map((row) => [row.name, ...[row.truth, row.probe, row.tool, row.difference, row.allowed, row.closed].map(milliseconds)]),
  };
}

function sayCounts(data: ContrastRecording): string {
  const { faults } = data;
  const probe = medianOf(faults.map((pair) => pair.probe));
  const other = medianOf(faults.map((pair) => pair.tool));
  const share = ({ errors, requests }: typeof probe) => `${whole(errors)} de ${whole(requests)}`;
  return `Medianas de ${faults.length} medidas de cada una. Con error: la sonda, ${share(probe)}; ${nameOf(data)}, ${share(other)}; en cada medida, los que el servidor contó que daba.${sayRepeated(data)}`;
}

const sayRepeated = ({ repeated }: ContrastRecording): string =>
  repeated === 0 ? '' : ` ${repeated} ${repeated === 1 ? 'se repitió' : 'se repitieron'} porque la máquina no les dio turno a tiempo.`;
