import { usePrismTheme } from '@docusaurus/theme-common';
import { Highlight } from 'prism-react-renderer';
import type { ReactNode } from 'react';
import type { FragmentLine } from '../../remark/fragment.ts';
import styles from './code.module.css';

type NumberedLine = Extract<FragmentLine, { number: number }>;

/**
 * Líneas de un archivo real con sus números. Los saltos dicen cuántas líneas faltan y las letras llevan a su nota.
 * No usa el CodeBlock del tema porque este no admite números salteados.
 */
export function CodeLines({ id, language, lines, label }: { id?: string; language: string; lines: readonly FragmentLine[]; label: string }): ReactNode {
  const theme = usePrismTheme();
  const shown = lines.filter((line): line is NumberedLine => 'number' in line);
  const width = String(shown.at(-1)?.number ?? 1).length;
  return (
    <Highlight code={shown.map((line) => line.text).join('\n')} language={language} theme={theme}>
      {({ tokens, getTokenProps }) => {
        let next = 0;
        return (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: un bloque que se desplaza tiene que alcanzarse con el teclado.
          <pre role="group" className={styles.lines} tabIndex={0} aria-label={label} style={{ '--digits': width } as React.CSSProperties}>
            <code>
              {lines.map((line, index) => {
                if ('omitted' in line) return <Gap key={`salto-${index}`} count={line.omitted} />;
                const row = tokens[next++] ?? [];
                return (
                  <span key={line.number} id={id && line.mark ? lineId(id, line.mark) : undefined} className={line.lit ? styles.lit : styles.line}>
                    <span className={styles.number} aria-hidden="true" data-number={line.number} />
                    {row.map((token, position) => (
                      <span key={position} {...getTokenProps({ token })} />
                    ))}
                    {id && line.mark?.split(' ').map((mark) => <Mark key={mark} block={id} letter={mark} />)}
                    {'\n'}
                  </span>
                );
              })}
            </code>
          </pre>
        );
      }}
    </Highlight>
  );
}

export const noteId = (block: string, letter: string): string => `${block}-nota-${letter.toLowerCase()}`;
export const lineId = (block: string, mark: string): string => `${block}-linea-${mark.split(' ')[0]?.toLowerCase()}`;

function Gap({ count }: { count: number }): ReactNode {
  return (
    <span className={styles.gap}>
      <span className={styles.number} aria-hidden="true" data-number="⋯" />
      <span className={styles.gapText}>{count === 1 ? 'falta 1 línea' : `faltan ${count} líneas`}</span>
      {'\n'}
    </span>
  );
}

function Mark({ block, letter }: { block: string; letter: string }): ReactNode {
  return (
    <a className={styles.mark} href={`#${noteId(block, letter)}`} aria-label={`Nota ${letter}`}>
      {letter}
    </a>
  );
}
