import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { clock } from '../format.ts';
import { MissingRecording, RecordingLabel } from './RecordingLabel.tsx';
import styles from './recording.module.css';
import { type Moment, moments } from './story.ts';
import { usePlayback } from './use-playback.ts';

/** `<LineaDeTiempo lab="04">`: los sucesos grabados, uno a uno. La tabla de debajo dice lo mismo. */
export function Timeline({ data }: { lab?: string; data: LabData }): ReactNode {
  const { recording } = data;
  const box = useRef<HTMLDivElement>(null);
  const list = recording ? moments(recording) : [];
  const { index, playing, canPlay, go, toggle } = usePlayback(list.length, box);
  const [interactive, setInteractive] = useState(false);
  useEffect(() => setInteractive(true), []);
  if (!recording) return <MissingRecording lab={data.id} />;
  const current = list[index];
  const end = Math.max(1, list.at(-1)?.at ?? 1);
  return (
    <div ref={box} className={styles.timeline}>
      {interactive && current ? (
        <>
          <div className={styles.track} aria-hidden="true">
            {list.map((moment, each) => (
              <span key={each} className={each <= index ? styles.tickPast : styles.tick} style={{ left: `${(moment.at / end) * 100}%` }} />
            ))}
            <span className={styles.hand} style={{ left: `${(current.at / end) * 100}%` }} />
          </div>
          <div className={styles.now} role="status" aria-live={playing ? 'off' : 'polite'}>
            <span className={styles.clock}>{clock(current.at)}</span>
            <span className={styles.state}>{current.state}</span>
            <span className={styles.nowText}>{current.text}</span>
          </div>
          <div className={styles.controls}>
            <button type="button" className={styles.control} onClick={() => go(index - 1)} disabled={index === 0}>
              Anterior
            </button>
            {canPlay ? (
              <button type="button" className={styles.control} onClick={toggle}>
                {playing ? 'Pausa' : 'Reproducir'}
              </button>
            ) : null}
            <button type="button" className={styles.control} onClick={() => go(index + 1)} disabled={index === list.length - 1}>
              Siguiente
            </button>
            <span className={styles.count}>
              {index + 1} de {list.length}
            </span>
          </div>
        </>
      ) : null}
      <MomentTable moments={list} />
      <p className={styles.label}>
        <RecordingLabel recording={recording} />
      </p>
    </div>
  );
}

function MomentTable({ moments: list }: { moments: readonly Moment[] }): ReactNode {
  return (
    <details className={styles.tableDetails}>
      <summary>Los {list.length} sucesos, en una tabla</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.tableBox} tabIndex={0} role="group" aria-label="Tabla de sucesos">
        <table>
          <thead>
            <tr>
              <th scope="col">Minuto</th>
              <th scope="col">Paso</th>
              <th scope="col">Estado</th>
              <th scope="col">Qué se vio</th>
            </tr>
          </thead>
          <tbody>
            {list.map((moment, each) => (
              <tr key={each}>
                <td>{clock(moment.at)}</td>
                <td>
                  <code>{moment.stepId}</code>
                </td>
                <td>{moment.state}</td>
                <td>{moment.text}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
