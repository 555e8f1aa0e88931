import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import type { Recording } from '../../site-data/recording.ts';
import { bytes, duration } from '../format.ts';
import { RecordingLabel } from '../recording/RecordingLabel.tsx';
import styles from './lab.module.css';

/** `<Cabecera lab="04">`: lo que cuesta hacer el capítulo, medido al grabarlo. Lo no medido se dice. */
export function ChapterHeader({ data }: { lab: string; data: LabData }): ReactNode {
  const { recording } = data;
  const ended = recording?.events.find((event) => event.kind === 'labEnded');
  const { seconds, memoryBytes, imageBytes } = recording?.measured ?? {};
  const isReal = recording !== null && !recording.isVirtual;
  const took = ended ? duration(ended.took) : undefined;
  const memory = memoryBytes === undefined ? undefined : bytes(memoryBytes);
  const rows: [string, string | undefined][] = isReal
    ? [
        ['Tiempo', took],
        ['Memoria de sus Pods', memory],
        ['Imágenes', imageBytes === undefined ? undefined : bytes(imageBytes)],
      ]
    : // La maqueta no descarga ninguna imagen: sus programas van dentro.
      [
        ['Esperando', seconds === undefined ? undefined : duration(seconds * 1000)],
        ['En el clúster', took === undefined ? undefined : `${took} virtuales`],
        ['Memoria', memory],
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
      <p className={styles.logbookNote}>
        {recording ? <RecordingLabel recording={recording} /> : 'Todavía no hay grabación de este laboratorio.'}
        {isReal ? ` ${whereFrom(recording)}` : ''}
      </p>
    </div>
  );
}

/** De dónde sale cada cifra: sin saberlo no se puede comparar con la tuya. */
function whereFrom({ machine }: Recording): string {
  const place = machine ? ` en una máquina de ${machine.cores} núcleos y ${bytes(machine.memoryBytes)}` : '';
  return `El tiempo se midió${place}; la memoria es lo más que sumaron sus Pods a la vez, según metrics-server; las imágenes, lo que ocupan las del taller sin comprimir: las oficiales se descargan comprimidas y pesan otra cosa.`;
}
