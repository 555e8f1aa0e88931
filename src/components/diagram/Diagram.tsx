import { useColorMode } from '@docusaurus/theme-common';
import { lazy, type ReactNode, Suspense, useMemo, useRef } from 'react';
import styles from './diagram.module.css';
import { diagramColors } from './diagram-colors.ts';
import { useNearScreen } from './use-near-screen.ts';

// mermaid pesa más que el resto de la página: se descarga, del propio sitio, al acercarse a un diagrama.
const Mermaid = lazy(async () => ({ default: (await import('mdx-mermaid/Mermaid')).Mermaid }));

/**
 * Diagrama mermaid con su texto equivalente. Se dibuja en el navegador; sin JavaScript, al imprimir sin él o
 * mientras llega, se lee la descripción.
 */
export function Diagram({ chart, title, description }: { chart: string; title: string; description: string }): ReactNode {
  const { colorMode } = useColorMode();
  const figure = useRef<HTMLElement>(null);
  const near = useNearScreen(figure);
  const config = useMemo(
    () => ({
      theme: { light: 'base', dark: 'base' },
      mermaid: {
        // El componente dibuja con contentLoaded(), que solo actúa con esto puesto.
        startOnLoad: true,
        // Sin decirlo, mermaid 12 coloca con ELK: 460 kB comprimidos más que no hacen falta aquí.
        layout: 'dagre',
        look: 'classic' as const,
        securityLevel: 'strict' as const,
        fontFamily: 'system-ui, sans-serif',
        themeVariables: diagramColors[colorMode],
      },
    }),
    [colorMode],
  );
  const words = <p className={styles.words}>{description}</p>;
  return (
    <figure ref={figure} data-diagrama="" className={styles.figure}>
      {near ? (
        <Suspense fallback={words}>
          <div className={styles.drawing}>
            <Mermaid key={colorMode} chart={chart} config={config} />
          </div>
          <details className={styles.details}>
            <summary>El diagrama, con palabras</summary>
            {words}
          </details>
        </Suspense>
      ) : (
        words
      )}
      <figcaption className={styles.caption}>{title}</figcaption>
    </figure>
  );
}
