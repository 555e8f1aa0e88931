import useBrokenLinks from '@docusaurus/useBrokenLinks';
import type { ReactNode } from 'react';
import type { FragmentLine } from '../../remark/fragment.ts';
import { CodeLines, lineId, noteId } from './CodeLines.tsx';
import { CopyButton } from './CopyButton.tsx';
import styles from './code.module.css';

/** Lo que deja `::include{…}` en la página: el archivo de verdad, con su ruta por título. */
export function IncludedCode({ id, file, language, lines, region }: { id: string; file: string; language: string; lines: string; region?: string }): ReactNode {
  return <FileBlock id={id} file={file} language={language} lines={JSON.parse(lines) as FragmentLine[]} {...(region ? { region } : {})} />;
}

export function FileBlock({
  id,
  file,
  language,
  lines,
  region,
}: {
  id?: string;
  file: string;
  language: string;
  lines: readonly FragmentLine[];
  region?: string;
}): ReactNode {
  const text = lines.flatMap((line) => ('number' in line ? [line.text] : [])).join('\n');
  return (
    <figure className={styles.block}>
      <figcaption className={styles.caption}>
        <span className={styles.path}>
          {file}
          {region ? <span className={styles.region}> · {region}</span> : null}
        </span>
        <CopyButton text={text} />
      </figcaption>
      <CodeLines {...(id ? { id } : {})} language={language} lines={lines} label={region ? `${file}, región ${region}` : file} />
    </figure>
  );
}

/** La letra que abre cada nota; vuelve a su línea. */
export function NoteLetter({ letter, block }: { letter: string; block: string }): ReactNode {
  useBrokenLinks().collectAnchor(noteId(block, letter));
  return (
    <a className={styles.noteLetter} href={`#${lineId(block, letter)}`} aria-label={`Nota ${letter}: ver su línea`}>
      {letter}
    </a>
  );
}

/** Código que no se ejecuta, con su motivo a la vista. */
export function IllustrativeCode({ reason, language, code }: { reason: string; language: string; code: string }): ReactNode {
  const lines = code.split('\n').map((text, index) => ({ number: index + 1, text }));
  return (
    <figure className={styles.illustrative}>
      <figcaption className={styles.caption}>
        <span>
          <strong>Solo ilustrativo.</strong> {reason}
        </span>
      </figcaption>
      <CodeLines language={language} lines={lines} label="Código ilustrativo" />
    </figure>
  );
}
