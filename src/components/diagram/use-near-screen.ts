import { type RefObject, useEffect, useState } from 'react';

/** `true` desde que el elemento está a menos de una pantalla, y ya para siempre; también al mandar imprimir. */
export function useNearScreen(element: RefObject<HTMLElement | null>): boolean {
  const [near, setNear] = useState(false);
  useEffect(() => {
    if (!element.current) return undefined;
    const arrive = (): void => setNear(true);
    const watcher = new IntersectionObserver((entries) => entries.some((entry) => entry.isIntersecting) && arrive(), { rootMargin: '100% 0px' });
    watcher.observe(element.current);
    window.addEventListener('beforeprint', arrive);
    return () => {
      watcher.disconnect();
      window.removeEventListener('beforeprint', arrive);
    };
  }, [element]);
  return near;
}
