import type { ReactNode } from 'react';
import { CopyButton } from '../code/CopyButton.tsx';
import styles from './lab.module.css';

/** Una orden que se pega en la terminal: solo la orden, sin `$` ni salida. */
export function Command({ command }: { command: string }): ReactNode {
  return (
    <div className={styles.command}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: en pantallas estrechas se desplaza y tiene que alcanzarse con el teclado. */}
      <code className={styles.commandText} tabIndex={0}>
        {command}
      </code>
      <CopyButton text={command} />
    </div>
  );
}
