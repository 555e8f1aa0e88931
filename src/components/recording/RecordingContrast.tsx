import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { date, duration } from '../format.ts';
import { MissingRecording } from './RecordingLabel.tsx';
import styles from './recording.module.css';
import { stepStories } from './story.ts';

/** `<EnLaMaqueta lab="04">`: lo que tardó cada paso en el clúster real y en la maqueta, en una tabla. */
export function RecordingContrast({ data }: { lab: string; data: LabData }): ReactNode {
  const { recording, maqueta } = data;
  if (!recording || recording.isVirtual || !maqueta) return <MissingRecording lab={data.id} />;
  return (
    <figure className={styles.recording}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label={`Laboratorio ${data.id}, paso a paso: el clúster real y la maqueta`}>
        <table>
          <thead>
            <tr>
              <th scope="col">Paso</th>
              <th scope="col">Kubernetes real</th>
              <th scope="col">Maqueta</th>
            </tr>
          </thead>
          <tbody>
            {stepStories(recording).map(({ id, took }) => (
              <tr key={id}>
                <th scope="row">
                  <code>{id}</code>
                </th>
                <td>{duration(took)}</td>
                <td>{maqueta.took[id] === undefined ? 'no lo tiene' : duration(maqueta.took[id])}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <figcaption className={styles.label}>
        El mismo laboratorio, sin una línea distinta. Real, {date(recording.recordedAt)}, Kubernetes {recording.versions.kubernetes}; maqueta,{' '}
        {date(maqueta.recordedAt)}, con su reloj virtual.
      </figcaption>
    </figure>
  );
}
