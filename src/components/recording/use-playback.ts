import { type RefObject, useEffect, useState } from 'react';

/** Lo que se deja en pantalla cada suceso: da tiempo a leer una línea. */
const PACE = 1400;

/**
 * Avanza por una lista. Se detiene al llegar al final, al salir de la pantalla y al ir a mano, y no se mueve sola
 * si la persona pide menos movimiento.
 */
export function usePlayback(count: number, box: RefObject<HTMLElement | null>) {
  const [index, setIndex] = useState(0);
  const [playing, setPlaying] = useState(false);
  const [canPlay, setCanPlay] = useState(false);

  useEffect(() => {
    const query = window.matchMedia('(prefers-reduced-motion: reduce)');
    const update = (): void => {
      setCanPlay(!query.matches);
      if (query.matches) setPlaying(false);
    };
    update();
    query.addEventListener('change', update);
    return () => query.removeEventListener('change', update);
  }, []);

  useEffect(() => {
    if (!playing || !box.current) return undefined;
    const watcher = new IntersectionObserver((entries) => {
      if (entries.some((entry) => !entry.isIntersecting)) setPlaying(false);
    });
    watcher.observe(box.current);
    return () => watcher.disconnect();
  }, [playing, box]);

  useEffect(() => {
    if (!playing) return undefined;
    if (index >= count - 1) {
      setPlaying(false);
      return undefined;
    }
    const timer = window.setTimeout(() => setIndex(index + 1), PACE);
    return () => window.clearTimeout(timer);
  }, [playing, index, count]);

  const go = (target: number): void => {
    setPlaying(false);
    setIndex(Math.min(Math.max(target, 0), count - 1));
  };
  const toggle = (): void => {
    if (!playing && index >= count - 1) setIndex(0);
    setPlaying(!playing);
  };
  return { index, playing, canPlay, go, toggle };
}
