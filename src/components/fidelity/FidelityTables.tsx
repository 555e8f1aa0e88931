import type { ReactNode } from 'react';
import type { Published } from '../../../labs/fidelity/published.ts';
import styles from './fidelity.module.css';

/** Lo que sale distinto y se sabe. */
export function KnownDifferences({ data }: { data: Published }): ReactNode {
  if (data.differences.length === 0) return <p>Hoy, ninguna.</p>;
  return (
    <Scrolling label="Diferencias declaradas">
      <Heads names={['Qué', 'Dónde se ve', 'Por qué']} />
      <tbody>
        {data.differences.map(({ where, what, why }) => (
          <tr key={`${where} ${what}`}>
            <th scope="row">
              <code>{what}</code>
            </th>
            <td>{where}</td>
            <td>{why}</td>
          </tr>
        ))}
      </tbody>
    </Scrolling>
  );
}

/** Lo que ni se mira, porque el propio real no lo hace siempre igual. */
export function NotCompared({ data }: { data: Published }): ReactNode {
  return (
    <Scrolling label="Lo que no se compara">
      <Heads names={['Qué no se compara', 'Por qué']} />
      <tbody>
        {data.notCompared.map(({ what, why }) => (
          <tr key={what}>
            <th scope="row">
              <code>{what}</code>
            </th>
            <td>{why}</td>
          </tr>
        ))}
      </tbody>
    </Scrolling>
  );
}

/** Los campos que la maqueta no admite: uno por fila plegable, con su motivo. */
export function Rejected({ data }: { data: Published }): ReactNode {
  return (
    <>
      {data.rejected.map(({ kind, fields }) => (
        <details key={kind} className={styles.kind}>
          <summary>
            {kind}: {fields.reduce((sum, { names }) => sum + names.length, 0)} campos
          </summary>
          <ul>
            {fields.map(({ names, why }) => (
              <li key={why}>
                {names.map((name, index) => (
                  <span key={name}>
                    {index > 0 ? ', ' : ''}
                    <code>{name}</code>
                  </span>
                ))}
                : {why}.
              </li>
            ))}
          </ul>
        </details>
      ))}
    </>
  );
}

export function Resources({ data }: { data: Published }): ReactNode {
  return (
    <ul className={styles.resources}>
      {data.resources.map((name) => (
        <li key={name}>
          <code>{name.replace(/^\//, '')}</code>
        </li>
      ))}
    </ul>
  );
}

function Heads({ names }: { names: readonly string[] }): ReactNode {
  return (
    <thead>
      <tr>
        {names.map((name) => (
          <th key={name} scope="col">
            {name}
          </th>
        ))}
      </tr>
    </thead>
  );
}

function Scrolling({ label, children }: { label: string; children: ReactNode }): ReactNode {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado.
    <div className={styles.box} tabIndex={0} role="group" aria-label={label}>
      <table>{children}</table>
    </div>
  );
}
