const decimal = new Intl.NumberFormat('es', { maximumFractionDigits: 1 });
const integer = new Intl.NumberFormat('es', { maximumFractionDigits: 0 });
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
  if (count < 1e6) return `${integer.format(count / 1e3)}${NBSP}kB`;
  return count >= 1e9 ? `${decimal.format(count / 1e9)}${NBSP}GB` : `${integer.format(count / 1e6)}${NBSP}MB`;
}

export const date = (iso: string): string => day.format(new Date(iso));

export const points = (count: number): string => `${count}${NBSP}${count === 1 ? 'punto' : 'puntos'}`;

/** `9,1 ms`, `108 ms`, `1940 ms`: las latencias que se comparan van todas en lo mismo. */
export const milliseconds = (value: number): string => `${(value < 100 ? decimal : integer).format(value)}${NBSP}ms`;

/** `9,1 ms`, `108 ms`, `2,1 s`: cada vez con las cifras que dicen algo. */
export const latency = (value: number): string => (value < 1000 ? milliseconds(value) : duration(value));

/** `12 000`, `600` */
export const whole = (count: number): string => integer.format(count);

const nines = new Intl.NumberFormat('es', { maximumFractionDigits: 5 });
const share = new Intl.NumberFormat('es', { maximumSignificantDigits: 2 });

/** `99,99 %`, `0,025 %`, de un número que ya es un tanto por ciento: los nueves, enteros; lo demás, con dos cifras. */
export const percent = (value: number): string => `${(value > 90 && value < 100 ? nines : share).format(value)}${NBSP}%`;
