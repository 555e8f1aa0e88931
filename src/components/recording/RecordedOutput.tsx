import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { duration, points } from '../format.ts';
import { MissingRecording, RecordingLabel } from './RecordingLabel.tsx';
import styles from './recording.module.css';
import { RESULT_GLYPHS, RESULT_WORDS, stepStories } from './story.ts';

/** `<Grabacion lab="04">`: lo que contó el laboratorio, dibujado desde los sucesos que se guardaron. */
export function RecordedOutput({ data }: { lab?: string; data: LabData }): ReactNode {
  const { recording } = data;
  if (!recording) return <MissingRecording lab={data.id} />;
  const started = recording.events.find((event) => event.kind === 'labStarted');
  const ended = recording.events.find((event) => event.kind === 'labEnded');
  return (
    <figure className={styles.recording}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.terminal} tabIndex={0} role="group" aria-label={`Salida grabada del laboratorio ${data.id}`}>
        <p className={styles.line}>
          Laboratorio {data.id} · {data.title}
        </p>
        {started ? (
          <p className={styles.dim}>
            {started.target} · Kubernetes {started.serverVersion} · espacio {started.namespace}
          </p>
        ) : null}
        <ul className={styles.steps}>
          {stepStories(recording).map((step) => (
            <li key={step.id}>
              <p className={styles.step}>
                <span className={step.result === 'ok' ? styles.good : styles.bad} aria-hidden="true">
                  {RESULT_GLYPHS[step.result]}
                </span>
                <span className={styles.stepTitle}>{step.title}</span>
                <span className={styles.cost}>
                  {step.result === 'ok' ? <span className="visually-hidden">{RESULT_WORDS.ok}, </span> : `${RESULT_WORDS[step.result]} `}
                  {duration(step.took)} · {points(step.points)}
                </span>
              </p>
              {step.notes.map((note) => (
                <p key={note} className={styles.note}>
                  {note}
                </p>
              ))}
              {step.needs ? <p className={styles.note}>{step.needs}</p> : null}
              {step.failure ? <p className={styles.note}>{step.failure}</p> : null}
            </li>
          ))}
        </ul>
        {ended ? (
          <p className={styles.line}>
            {ended.outcome === 'done' ? 'Hecho ✔' : 'Todavía no:'} {ended.passed} de {ended.total} comprobaciones en {duration(ended.took)}
            {ended.skipped ? `; ${ended.skipped} no se prueban aquí` : ''}
          </p>
        ) : null}
      </div>
      <figcaption className={styles.label}>
        <RecordingLabel recording={recording} />
      </figcaption>
    </figure>
  );
}
