import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import styles from './tabs.module.css';

export interface Tab {
  id: string;
  label: string;
  content: ReactNode;
}

const STORAGE = 'bitacora.pestana';

/**
 * Pestañas según el patrón ARIA: flechas, Inicio y Fin, y una sola parada de tabulador. Se recuerda la elegida.
 * Todos los paneles están siempre en la página: sin JavaScript y al imprimir se ven seguidos, cada uno con su título.
 * @see https://www.w3.org/WAI/ARIA/apg/patterns/tabs/
 */
export function Tabs({ id, label, tabs }: { id: string; label: string; tabs: readonly Tab[] }): ReactNode {
  const [selected, setSelected] = useState(tabs[0]?.id ?? '');
  const buttons = useRef(new Map<string, HTMLButtonElement>());
  // biome-ignore lint/correctness/useExhaustiveDependencies: solo al montar; después manda quien lee.
  useEffect(() => {
    const remembered = recall();
    if (tabs.some((tab) => tab.id === remembered)) setSelected(remembered ?? '');
  }, []);

  const choose = (tab: string): void => {
    setSelected(tab);
    remember(tab);
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    const target = neighbour(tabs, selected, event.key);
    if (!target) return;
    event.preventDefault();
    choose(target);
    buttons.current.get(target)?.focus();
  };

  return (
    <div>
      <div role="tablist" aria-label={label} className={styles.list} onKeyDown={onKeyDown}>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            ref={(element) => {
              if (element) buttons.current.set(tab.id, element);
            }}
            type="button"
            role="tab"
            id={`${id}-pestana-${tab.id}`}
            aria-controls={`${id}-panel-${tab.id}`}
            aria-selected={tab.id === selected}
            tabIndex={tab.id === selected ? 0 : -1}
            className={styles.tab}
            onClick={() => choose(tab.id)}
          >
            {tab.label}
          </button>
        ))}
      </div>
      {tabs.map((tab) => (
        <div
          key={tab.id}
          role="tabpanel"
          id={`${id}-panel-${tab.id}`}
          aria-labelledby={`${id}-pestana-${tab.id}`}
          className={tab.id === selected ? styles.panel : styles.otherPanel}
        >
          <h3 className={styles.title}>{tab.label}</h3>
          {tab.content}
        </div>
      ))}
    </div>
  );
}

/** La pestaña a la que lleva esa tecla, dando la vuelta en los extremos. */
export function neighbour(tabs: readonly { id: string }[], selected: string, key: string): string | undefined {
  const index = tabs.findIndex((tab) => tab.id === selected);
  const last = tabs.length - 1;
  const targets: Record<string, number> = { ArrowRight: index === last ? 0 : index + 1, ArrowLeft: index <= 0 ? last : index - 1, Home: 0, End: last };
  const target = targets[key];
  return target === undefined ? undefined : tabs[target]?.id;
}

function recall(): string | undefined {
  try {
    return localStorage.getItem(STORAGE) ?? undefined;
  } catch {
    // Almacenamiento prohibido por el navegador: se empieza por la primera.
    return undefined;
  }
}

function remember(tab: string): void {
  try {
    localStorage.setItem(STORAGE, tab);
  } catch {
    // No poder recordarla no impide verla.
  }
}
