import { useColorMode } from '@docusaurus/theme-common';
import { lazy, type ReactNode, Suspense, useEffect, useMemo, useState } from 'react';
import { diagramColors } from './diagram-colors.ts';
import styles from './diagram.module.css';

// mermaid pesa más que el resto de la página: solo se descarga, del propio sitio, donde hay un diagrama.
const Mermaid = lazy(async () => ({ default: (await import('mdx-mermaid/Mermaid')).Mermaid }));

/**
 * Diagrama mermaid con su texto equivalente. Se dibuja en el navegador; sin JavaScript, al imprimir sin él o
 * mientras llega, se lee la descripción.
 */
export function Diagram({ chart, title, description }: { chart: string; title: string; description: string }): ReactNode {
  const { colorMode } = useColorMode();
  const [mounted, setMounted] = useState(false);
  useEffect(() => setMounted(true), []);
  const config = useMemo(
    () => ({
      theme: { light: 'base', dark: 'base' },
      mermaid: {
        // El componente dibuja con contentLoaded(), que solo actúa con esto puesto.
        startOnLoad: true,
        securityLevel: 'strict' as const,
        fontFamily: 'system-ui, sans-serif',
        themeVariables: diagramColors[colorMode],
      },
    }),
    [colorMode],
  );
  const words = <p className={styles.words}>{description}</p>;
  return (
    <figure className={styles.figure}>
      {mounted ? (
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
