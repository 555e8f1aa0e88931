import type { ReactNode } from 'react';
import type { LabData } from '../../site-data/lab-data.ts';
import { CopyButton } from '../code/CopyButton.tsx';
import { Command } from './Command.tsx';
import styles from './lab.module.css';

/** Las órdenes del laboratorio y, si la grabación las guardó, sus equivalentes en kubectl. */
export function Commands({ data }: { data: LabData }): ReactNode {
  const run = `npm run -s lab ${data.id}`;
  const list: [string, string][] = [
    [run, 'aplica, actúa y comprueba; en minikube si responde y, si no, en la maqueta'],
    [`${run} maqueta`, 'lo mismo, en la maqueta aunque tengas minikube'],
    [`${run} ordenes`, 'enseña las órdenes kubectl equivalentes, sin ejecutarlas'],
    [`${run} pista`, 'la siguiente pista del paso pendiente'],
    [`${run} reto`, 'copia el reto a retos/ y comprueba lo que escribas ahí'],
    [`${run} estado`, 'qué hay creado en el clúster'],
    [`${run} limpiar`, 'borra lo creado y demuestra que no queda nada'],
  ];
  const kubectl = data.recording?.commands ?? [];
  return (
    <>
      <dl className={styles.commands}>
        {list.map(([command, meaning]) => (
          <div key={command}>
            <dt>
              <Command command={command} />
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
      {kubectl.length ? (
        <>
          <p>
            <strong>Lo mismo, a mano:</strong> <CopyButton text={kubectl.join('\n')} label="Copiar todas" />
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: se desplaza y tiene que alcanzarse con el teclado. */}
          <pre role="group" className={styles.kubectl} tabIndex={0} aria-label="Órdenes kubectl">
            {kubectl.join('\n')}
          </pre>
        </>
      ) : null}
    </>
  );
}
