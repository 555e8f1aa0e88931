import { type ReactNode, useId, useState } from 'react';
import { type ConformanceRun, type ConformanceTarget, passing, type TestResult } from '../../../labs/conformance/result.ts';
import { date, duration } from '../format.ts';
import styles from './conformance.module.css';
import { failsSomewhere, places, type Row, type Runs, rowsOf } from './rows.ts';

const titles: Readonly<Record<ConformanceTarget, string>> = { taller: 'Taller', maqueta: 'Maqueta' };

/** Cuántas pasan en cada sitio, y de cuándo es el dato. */
export function ConformanceSummary({ runs }: { runs: Runs }): ReactNode {
  return (
    <dl className={styles.summary}>
      {places.map((place) => (
        <div key={place}>
          <dt>{titles[place]}</dt>
          <dd>{countOf(runs[place])}</dd>
        </div>
      ))}
    </dl>
  );
}

const countOf = (run: ConformanceRun): string =>
  `pasan ${passing(run)} de ${run.tests.length}, en ${duration(run.seconds * 1000)}. Batería de Kubernetes ${run.version}, ${date(run.at)}.`;

/** Todas las pruebas, una por fila; sin JavaScript se ven todas, y con él se puede pedir solo las que fallan en algún sitio. */
export function ConformanceTable({ runs }: { runs: Runs }): ReactNode {
  const [isShort, setShort] = useState(false);
  const id = useId();
  const rows = rowsOf(runs);
  const failing = rows.filter(failsSomewhere);
  const shown = isShort ? failing : rows;
  const choices = [
    { value: false, label: `Todas (${rows.length})` },
    { value: true, label: `Solo las que no pasan en algún sitio (${failing.length})` },
  ];
  return (
    <figure className={styles.table}>
      <fieldset className={styles.filter}>
        <legend>Qué pruebas se ven</legend>
        {choices.map(({ value, label }) => (
          <label key={label}>
            <input type="radio" name={id} checked={isShort === value} onChange={() => setShort(value)} /> {label}
          </label>
        ))}
      </fieldset>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
      <div className={styles.box} tabIndex={0} role="group" aria-label="Resultado de cada prueba">
        <table>
          <thead>
            <tr>
              <th scope="col">Prueba</th>
              {places.map((place) => (
                <th key={place} scope="col">
                  {titles[place]}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <TestRow key={row.name} row={row} />
            ))}
          </tbody>
        </table>
        {shown.length === 0 ? <p>Ninguna: todas pasan en los dos sitios.</p> : null}
      </div>
    </figure>
  );
}

function TestRow({ row: { title, results } }: { row: Row }): ReactNode {
  return (
    <tr>
      <th scope="row">
        <span lang="en">{title}</span>
        {places.map((place) => {
          const why = results[place]?.why;
          return why ? (
            <span key={place} className={styles.why}>
              En {place === 'taller' ? 'el taller' : 'la maqueta'}: {why}
            </span>
          ) : null;
        })}
      </th>
      {places.map((place) => (
        <td key={place} className={results[place]?.passes ? styles.passes : styles.fails}>
          {outcomeOf(results[place])}
        </td>
      ))}
    </tr>
  );
}

function outcomeOf(result: TestResult | undefined): ReactNode {
  if (!result) return 'no se ha corrido';
  return (
    <>
      <span aria-hidden="true">{result.passes ? '✔' : '✖'} </span>
      {result.passes ? `pasa, ${duration(result.seconds * 1000)}` : 'no pasa'}
    </>
  );
}
