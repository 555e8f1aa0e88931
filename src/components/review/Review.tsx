import { type ReactNode, useId } from 'react';
import styles from './review.module.css';

/** `<Repaso>`: preguntas para comprobar que se ha entendido. */
export function Review({ children }: { children: ReactNode }): ReactNode {
  return <div className={styles.review}>{children}</div>;
}

/** `<Pregunta texto="…" pista="…">respuesta</Pregunta>`: la pista y la respuesta nunca están abiertas a la vez. */
export function Question({ texto, pista, children }: { texto: string; pista?: string; children: ReactNode }): ReactNode {
  const group = useId();
  return (
    <div className={styles.question}>
      <p className={styles.ask}>{texto}</p>
      {pista ? (
        <details name={group} className={styles.fold}>
          <summary>Pista</summary>
          <p>{pista}</p>
        </details>
      ) : null}
      <details name={group} className={styles.fold}>
        <summary>Respuesta</summary>
        {children}
      </details>
    </div>
  );
}
