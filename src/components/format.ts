const decimal = new Intl.NumberFormat('es', { maximumFractionDigits: 1 });
const whole = new Intl.NumberFormat('es', { maximumFractionDigits: 0 });
const day = new Intl.DateTimeFormat('es', { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });

/** Espacio duro: la cifra y su unidad no se separan al partir la línea. */
const NBSP = ' ';

/** `18,4 s`, `3 min 20 s` */
export function duration(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 60) return `${decimal.format(seconds)}${NBSP}s`;
  const minutes = Math.floor(seconds / 60);
  const rest = Math.round(seconds - minutes * 60);
  if (rest === 60) return `${minutes + 1}${NBSP}min`;
  return rest ? `${minutes}${NBSP}min ${rest}${NBSP}s` : `${minutes}${NBSP}min`;
}

/** `02:07`: minuto y segundo desde que empezó el laboratorio. */
export function clock(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`;
}

/** `320 MB`, `1,2 GB`; decimales, como los anuncia quien vende discos y como los mide el sistema. */
export function bytes(count: number): string {
  if (count < 1e6) return `${whole.format(count / 1e3)}${NBSP}kB`;
  return count >= 1e9 ? `${decimal.format(count / 1e9)}${NBSP}GB` : `${whole.format(count / 1e6)}${NBSP}MB`;
}

export const date = (iso: string): string => day.format(new Date(iso));

export const points = (count: number): string => `${count}${NBSP}${count === 1 ? 'punto' : 'puntos'}`;
