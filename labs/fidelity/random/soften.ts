import type { Trace } from '../trace.ts';
import { isComparedAtRandom } from './not-compared.ts';

/**
 * Lo que de un programa al azar tiene que salir igual: respuestas, cómo acaba cada cosa en cada paso, qué nace y qué muere, y qué
 * sucesos hubo. El camino exacto de cada pista lo comparan los escenarios del catálogo, que esperan a algo concreto; aquí cada paso
 * acaba cuando nada se mueve, y cuántas vueltas da cada controlador depende de la prisa.
 */
export function soften(trace: Trace): Trace {
  return {
    ...trace,
    steps: trace.steps.map(({ title, lines }) => ({ title, lines: Object.fromEntries(Object.entries(lines).flatMap(softLine)) })),
  };
}

function softLine([line, value]: [string, string]): [string, string][] {
  if (/^(respuesta|lectura) /.test(line)) return [[line, value]];
  if (line.includes(' · sucesos de ')) return [[line, eventSet(value)]];
  if (!isComparedAtRandom(line)) return [];
  return [[line, groups(value, lastOf)]];
}

/** `×2 a → b ; ×1 c` con cada historia reducida por `shorten`, y las que quedan iguales, juntas. */
function groups(value: string, shorten: (history: string) => string): string {
  const counts = new Map<string, number>();
  for (const group of value.split(' ; ')) {
    const [, times, history = ''] = /^(?:×(\d+) )?([\s\S]*)$/.exec(group) ?? [];
    const short = shorten(history);
    counts.set(short, (counts.get(short) ?? 0) + Number(times ?? 1));
  }
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([history, count]) => `×${count} ${history}`)
    .join(' ; ');
}

const lastOf = (history: string): string => {
  const text = history.replace(/ \((sube|baja) a \d+\)/g, '');
  return text.split(' → ').at(-1)?.split('→').at(-1) ?? '';
};

/** Qué sucesos distintos hubo; ni cuántas veces ni cuántos objetos ni en qué orden. */
function eventSet(value: string): string {
  const events = value.split(/ ; | → /).map((event) => event.replace(/^×\d+ /, '').replace(/ ×\d+$/, ''));
  return [...new Set(events)].sort().join(' ; ');
}
