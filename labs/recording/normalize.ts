// cspell:ignore bcdfghjklmnpqrstvwxz
import type { Recording } from './recording.ts';

/** Lo que cambia de una ejecución a otra sin que cambie la historia. Se aplica a todo texto, en este orden. */
export interface Rule {
  name: string;
  pattern: RegExp;
  replacement: string | ((found: string) => string);
}

/** Las letras que usa Kubernetes para sus sufijos: sin vocales, para que no salgan palabras. Sigue a kubernetes: apimachinery/pkg/util/rand/rand.go. */
const letters = '[bcdfghjklmnpqrstvwxz2456789]';

export const rules: readonly Rule[] = [
  { name: 'UID', pattern: /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, replacement: '<uid>' },
  { name: 'UID recortado', pattern: /\buid [0-9a-f]{4}…/g, replacement: 'uid <uid>' },
  { name: 'IP', pattern: /\b(?:\d{1,3}\.){3}\d{1,3}\b/g, replacement: '<ip>' },
  { name: 'sufijo de plantilla y de Pod', pattern: new RegExp(`-${letters}{8,10}-${letters}{5}\\b`, 'g'), replacement: '-<plantilla>-<sufijo>' },
  { name: 'sufijo de plantilla', pattern: new RegExp(`-(?=${letters}*\\d)${letters}{8,10}\\b`, 'g'), replacement: '-<plantilla>' },
  { name: 'sufijo de Pod', pattern: new RegExp(`-(?=${letters}*\\d)${letters}{5}\\b|-${letters}{5}\\b(?=[ ,:'")\\]]|$)`, 'g'), replacement: '-<sufijo>' },
  { name: 'hora', pattern: /\b\d{2}:\d{2}:\d{2}\b/g, replacement: '<hora>' },
];

/**
 * En un clúster de verdad baila además lo que deciden el reloj y el azar. Cada regla dice por qué lo que tapa no es la
 * historia: lo que el capítulo afirma de ello lo comprueba un paso, y su veredicto sí se compara.
 */
export const realRules: readonly Rule[] = [
  { name: 'cuánto tardó', pattern: /\b\d+ min \d+ s\b|\b\d+,\d s\b/g, replacement: '<tiempo>' },
  { name: 'reloj del laboratorio', pattern: /^\d{2,}:\d{2}\b/g, replacement: '<reloj>' },
  { name: 'espacio: su final es al azar', pattern: new RegExp(`\\blab-(\\d\\d)-${letters}{4}\\b`, 'g'), replacement: 'lab-$1-<espacio>' },
  { name: 'nodo: qué Pod cae en cuál lo decide el planificador; cuántos hay sí se compara', pattern: /(?<![\w-])nodo\d+\b/g, replacement: '<nodo>' },
  {
    name: 'reparto: qué nodo lleva el Pod que sobra; los números, de mayor a menor, se comparan',
    pattern: /<nodo>: \d+(?:; <nodo>: \d+)+/g,
    replacement: (found) =>
      found
        .split('; ')
        .sort((a, b) => Number(b.slice(8)) - Number(a.slice(8)))
        .join('; '),
  },
  { name: 'recargas: cuántas dio tiempo a hacer; los errores se comparan', pattern: /\b\d+ recargas\b/g, replacement: '<n> recargas' },
];

export const normalize = (text: string, chosen: readonly Rule[]): string =>
  // Con dos formas de reemplazo, TypeScript no sabe cuál de las dos firmas de `replace` es.
  chosen.reduce(
    (result, { pattern, replacement }) => (typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement)),
    text,
  );

/** Lo que dos grabaciones de la maqueta con la misma semilla tienen igual, suceso a suceso. Fuera: cuándo se grabó y con qué Node. */
export interface Story {
  lab: string;
  target: string;
  kubernetes: string | undefined;
  seed: number | undefined;
  commands: readonly string[];
  terminal: readonly string[];
  events: readonly Record<string, unknown>[];
}

export function storyOf({ lab, target, versions, seed, commands, terminal, events }: Recording): Story {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return normalize(value, rules);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, clean(inner)]));
  };
  return {
    lab,
    target,
    kubernetes: versions.kubernetes,
    seed,
    commands: commands.map((command) => normalize(command, rules)),
    terminal: terminal.map((line) => normalize(line, rules)),
    events: events.map((event) => clean(event) as Record<string, unknown>),
  };
}

/**
 * La historia en líneas, para compararla y leer la diferencia: qué imágenes corrieron, los pasos con su veredicto y lo
 * que vieron, y las órdenes. En un clúster de verdad lo visto mientras se espera depende del instante en que se mira:
 * no se compara: lo que importa de una espera es en qué acabó. Y de una medida de la sonda, lo que el paso exige de ella.
 */
export function storyLines({ isVirtual, images = [], terminal, commands }: Recording): string[] {
  const told = isVirtual ? terminal : terminal.filter((line) => !/^\d{2,}:\d{2} lab-\S+ \S+ +(ESPERA|SONDA) /.test(line));
  const lines = [...images.map(({ name, from }) => `imagen ${name}: ${from}`), ...told, ...commands];
  return lines.map((line) => normalize(line, isVirtual ? rules : [...rules, ...realRules]));
}
