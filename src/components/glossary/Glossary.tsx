import Link from '@docusaurus/Link';
import useBrokenLinks from '@docusaurus/useBrokenLinks';
import type { ReactNode } from 'react';
import type { TermUsage } from '../../site-data/lab-data.ts';
import type { Term } from '../../terms/term.ts';
import { terms } from '../../terms/terms.ts';
import styles from './glossary.module.css';

const byName = [...terms].sort((a, b) => a.term.localeCompare(b.term, 'es'));

/** `<Glosario/>`: todos los términos, por orden alfabético, con los capítulos que los usan. */
export function Glossary({ data }: { data: TermUsage }): ReactNode {
  return (
    <dl className={styles.list}>
      {byName.map((term) => (
        <Entry key={term.id} term={term} chapters={data[term.id] ?? []} />
      ))}
    </dl>
  );
}

function Entry({ term, chapters }: { term: Term; chapters: TermUsage[string] }): ReactNode {
  useBrokenLinks().collectAnchor(term.id);
  const source = new URL(term.official, 'https://kubernetes.io');
  const translated = term.official.startsWith('/es/');
  return (
    <div className={styles.entry}>
      <dt id={term.id} className={styles.name}>
        {term.term}{' '}
        {term.english === term.term ? null : (
          <span className={styles.english}>
            en inglés, <span lang="en">{term.english}</span>
          </span>
        )}
      </dt>
      <dd className={styles.definition}>
        <p>{withCode(term.definition)}</p>
        <p className={styles.sources}>
          {chapters.length ? (
            <>
              Se usa en{' '}
              {chapters.map(({ title, path }, index) => (
                <span key={path}>
                  {index ? ', ' : ''}
                  <Link to={path}>{title}</Link>
                </span>
              ))}
              {' · '}
            </>
          ) : null}
          <a href={source.href}>
            {term.term} en {source.host}
            {translated ? '' : ', en inglés'}
          </a>
        </p>
      </dd>
    </div>
  );
}

/** `` `así` `` dentro de una definición es código. */
const withCode = (text: string): ReactNode[] => text.split('`').map((piece, index) => (index % 2 ? <code key={index}>{piece}</code> : piece));
