import Link from '@docusaurus/Link';
import type { ReactNode } from 'react';
import { terms } from '../../terms/terms.ts';
import styles from './glossary.module.css';

/** `<Termino id="pod">Pods</Termino>`: lo pone solo el complemento la primera vez que sale cada término. */
export function TermLink({ id, children }: { id: string; children: ReactNode }): ReactNode {
  const term = terms.find((each) => each.id === id);
  return (
    <Link to={`/docs/terminos/#${id}`} className={styles.term} title={term?.definition.replaceAll('`', '')}>
      {children}
    </Link>
  );
}
