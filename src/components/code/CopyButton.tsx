import { type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './code.module.css';

type State = 'idle' | 'copied' | 'failed';

const SAID: Record<State, string> = { idle: '', copied: 'Copiado', failed: 'No se pudo copiar: selecciónalo y usa Ctrl+C' };

/** Copia `text` tal cual. Lo que pasó se ve en el botón y se anuncia a quien no lo ve. */
export function CopyButton({ text, label = 'Copiar' }: { text: string; label?: string }): ReactNode {
  const [state, setState] = useState<State>('idle');
  const timer = useRef<number | undefined>(undefined);
  useEffect(() => () => window.clearTimeout(timer.current), []);

  const copy = async (): Promise<void> => {
    setState((await writeText(text)) ? 'copied' : 'failed');
    window.clearTimeout(timer.current);
    timer.current = window.setTimeout(() => setState('idle'), 2500);
  };

  return (
    <span className={styles.copy}>
      <button type="button" className={styles.copyButton} onClick={copy} aria-label={`${label}: ${summary(text)}`}>
        {state === 'copied' ? 'Copiado' : label}
      </button>
      <span role="status" aria-live="polite" className={state === 'failed' ? styles.copyFailed : 'visually-hidden'}>
        {SAID[state]}
      </span>
    </span>
  );
}

const summary = (text: string): string => {
  const [first = ''] = text.split('\n');
  return first.length > 60 ? `${first.slice(0, 57)}…` : first;
};

async function writeText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // Sin permiso, o fuera de https y de localhost: el portapapeles no existe.
    return false;
  }
}
