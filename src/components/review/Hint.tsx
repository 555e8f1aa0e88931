import { type ReactNode, useId } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import styles from './review.module.css';

/**
 * `<Pista lab="04" id="reparto">`: las mismas preguntas que da `npm run -s lab 04 pista`, cerradas. Lo de dentro es la
 * solución. Comparten `name`: al abrir una se cierra la otra, sin JavaScript.
 */
export function Hint({ id, data, children }: { lab: string; id: string; data: LabData; children?: ReactNode }): ReactNode {
  const group = useId();
  const steps = [...data.challenge.steps, ...data.steps];
  const step = steps.find((each) => each.id === id);
  if (!step) throw new Error(`<Pista>: el laboratorio ${data.id} no tiene el paso «${id}» (tiene: ${steps.map((each) => each.id).join(', ')})`);
  return (
    <div className={styles.group}>
      {step.hints.map((hint, index) => (
        <details key={hint} name={group} className={styles.fold}>
          <summary>
            Pista {index + 1} de {step.hints.length} <span className={styles.about}>· {step.title}</span>
          </summary>
          <p>{hint}</p>
        </details>
      ))}
      {children ? (
        <details name={group} className={styles.fold}>
          <summary>Solución</summary>
          {children}
        </details>
      ) : null}
    </div>
  );
}
