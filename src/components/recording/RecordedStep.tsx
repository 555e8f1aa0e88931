import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { duration } from '../format.ts';
import { MissingRecording, ShortLabel } from './RecordingLabel.tsx';
import styles from './recording.module.css';
import { RESULT_GLYPHS, RESULT_WORDS, storyOf } from './story.ts';

/** `<Paso lab="04" id="imagen">`: lo que salió en un paso, con sus tiempos y su rótulo. */
export function RecordedStep({ id, data }: { lab: string; id: string; data: LabData }): ReactNode {
  if (!data.recording) return <MissingRecording lab={data.id} />;
  const step = storyOf(data.recording, id);
  return (
    <figure className={styles.slip}>
      <p className={styles.slipHead}>
        <span className={step.result === 'ok' ? styles.good : styles.bad} aria-hidden="true">
          {RESULT_GLYPHS[step.result]}
        </span>
        <span className={styles.stepTitle}>{step.title}</span>
        <span className={styles.cost}>
          {RESULT_WORDS[step.result]}, {duration(step.took)}
        </span>
      </p>
      {[...step.notes, ...(step.needs ? [step.needs] : []), ...(step.failure ? [step.failure] : [])].map((note) => (
        <p key={note} className={styles.slipNote}>
          {note}
        </p>
      ))}
      <figcaption className={styles.label}>
        Paso <code>{step.id}</code>. <ShortLabel recording={data.recording} />
      </figcaption>
    </figure>
  );
}
