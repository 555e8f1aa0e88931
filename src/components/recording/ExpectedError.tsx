import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { MissingRecording, ShortLabel } from './RecordingLabel.tsx';
import styles from './recording.module.css';
import { storyOf } from './story.ts';

/**
 * `<ErrorEsperado lab="04" paso="gigante" contiene="Insufficient memory">`: un error buscado, sacado de la grabación
 * y atado al paso que lo comprueba. Si la grabación ya no lo dice, la construcción se detiene.
 */
export function ExpectedError({
  paso,
  contiene,
  data,
  children,
}: {
  lab: string;
  paso: string;
  contiene: string;
  data: LabData;
  children?: ReactNode;
}): ReactNode {
  if (!data.recording) return <MissingRecording lab={data.id} />;
  const step = storyOf(data.recording, paso);
  const lines = step.notes.filter((note) => note.includes(contiene));
  if (lines.length === 0) {
    throw new Error(
      `<ErrorEsperado>: en el laboratorio ${data.id}, el paso «${paso}» no anotó nada con «${contiene}». Anotó: ${step.notes.join(' | ') || 'nada'}`,
    );
  }
  return (
    <figure className={styles.expected}>
      <p className={styles.expectedTitle}>Este error es el esperado</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <pre role="group" lang="en" tabIndex={0} className={styles.expectedText} aria-label="Mensaje del clúster">
        {lines.join('\n')}
      </pre>
      {children}
      <figcaption className={styles.label}>
        Lo comprueba el paso <code>{paso}</code>: {step.title}. <ShortLabel recording={data.recording} />
      </figcaption>
    </figure>
  );
}
