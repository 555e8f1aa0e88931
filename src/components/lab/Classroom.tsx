import type { ReactNode } from 'react';
import type { LabData, StepData } from '../../site-data/lab-data.ts';
import { points } from '../format.ts';
import styles from './lab.module.css';

/** `<ParaClase lab="04">`: lo que necesita quien da clase. Estático y sin datos de nadie. */
export function Classroom({ data, children }: { lab: string; data: LabData; children?: ReactNode }): ReactNode {
  const { challenge } = data;
  const titles = new Map(challenge.steps.map((step) => [step.id, step.title]));
  return (
    <details className={styles.classroom}>
      <summary>Para clase: objetivos, puntos y soluciones que se rechazan</summary>
      <h3>Objetivo</h3>
      <p>{data.proves}</p>
      {children}
      <h3>Puntos</h3>
      <StepTable caption={`Demostración: npm run -s lab ${data.id}`} steps={data.steps} />
      <StepTable caption={`Reto «${challenge.title}»: npm run -s lab ${data.id} reto`} steps={challenge.steps} />
      <h3>El reto</h3>
      <p>{challenge.brief}</p>
      <h3>Soluciones erróneas que se rechazan</h3>
      <p>
        Cada una vive en manifests/{data.id}-{data.slug}/wrong/ y una prueba exige que caiga justo en ese paso.
      </p>
      <div className={styles.tableBox}>
        <table>
          <thead>
            <tr>
              <th scope="col">Solución</th>
              <th scope="col">Cae en</th>
              <th scope="col">Por qué</th>
            </tr>
          </thead>
          <tbody>
            {challenge.wrong.map(({ slug, fails, why }) => (
              <tr key={slug}>
                <th scope="row">
                  <code>{slug}</code>
                </th>
                <td>{titles.get(fails) ?? fails}</td>
                <td>{why}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}

function StepTable({ caption, steps }: { caption: string; steps: readonly StepData[] }): ReactNode {
  const total = steps.reduce((sum, step) => sum + step.points, 0);
  return (
    <div className={styles.tableBox}>
      <table>
        <caption>{caption}</caption>
        <thead>
          <tr>
            <th scope="col">Comprobación</th>
            <th scope="col">Puntos</th>
          </tr>
        </thead>
        <tbody>
          {steps.map((step) => (
            <tr key={step.id}>
              <td>{step.title}</td>
              <td>{step.points}</td>
            </tr>
          ))}
        </tbody>
        <tfoot>
          <tr>
            <th scope="row">Total</th>
            <td>{points(total)}</td>
          </tr>
        </tfoot>
      </table>
    </div>
  );
}
