import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { bytes, duration } from '../format.ts';
import { RecordingLabel } from '../recording/RecordingLabel.tsx';
import styles from './lab.module.css';

/** `<Cabecera lab="04">`: lo que cuesta hacer el capítulo, medido al grabarlo. Lo no medido se dice. */
export function ChapterHeader({ data }: { lab: string; data: LabData }): ReactNode {
  const { recording } = data;
  const ended = recording?.events.find((event) => event.kind === 'labEnded');
  const { seconds, memoryBytes, imageBytes } = recording?.measured ?? {};
  const isReal = recording !== null && !recording.isVirtual;
  const rows: [string, string | undefined][] = [
    ['Esperando', seconds === undefined ? undefined : duration(seconds * 1000)],
    ['En el clúster', ended ? `${duration(ended.took)}${recording?.isVirtual ? ' virtuales' : ''}` : undefined],
    // En un clúster, lo que llegan a ocupar sus Pods; en la maqueta, el programa entero.
    [isReal ? 'Memoria de sus Pods' : 'Memoria', memoryBytes === undefined ? undefined : bytes(memoryBytes)],
    // La maqueta no descarga ninguna: sus programas van dentro.
    ...(recording?.isVirtual ? [] : ([['Imágenes', imageBytes === undefined ? undefined : bytes(imageBytes)]] satisfies [string, string | undefined][])),
  ];
  return (
    <div className={styles.logbook}>
      <dl>
        <div>
          <dt>Entrada</dt>
          <dd>{data.id}</dd>
        </div>
        {rows.map(([label, value]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value ?? <span className={styles.unmeasured}>sin medir</span>}</dd>
          </div>
        ))}
      </dl>
      <p className={styles.logbookNote}>{recording ? <RecordingLabel recording={recording} /> : 'Todavía no hay grabación de este laboratorio.'}</p>
    </div>
  );
}
