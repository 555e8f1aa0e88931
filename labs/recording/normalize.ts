// cspell:ignore bcdfghjklmnpqrstvwxz
import type { Recording } from './recording.ts';

/** Lo que cambia de una ejecución a otra sin que cambie la historia. Se aplica a todo texto, en este orden. */
export interface Rule {
  name: string;
  pattern: RegExp;
  replacement: string;
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

/** Con reloj de verdad los tiempos también bailan; los virtuales no, y se comparan. */
export const realTimeRules: readonly Rule[] = [
  { name: 'edad', pattern: /\b\d+ min \d+ s\b|\b\d+,\d s\b/g, replacement: '<tiempo>' },
  { name: 'reloj del laboratorio', pattern: /^\d{2,}:\d{2}\b/g, replacement: '<reloj>' },
];

/** Lo que dos grabaciones de la misma historia tienen igual. Fuera: cuándo, cuánto tardó la pared y con qué Node. */
export interface Story {
  lab: string;
  target: string;
  kubernetes: string | undefined;
  seed: number | undefined;
  commands: readonly string[];
  terminal: readonly string[];
  events: readonly Record<string, unknown>[];
}

export function storyOf({ lab, target, versions, seed, commands, terminal, events, isVirtual }: Recording): Story {
  const apply = (text: string) =>
    (isVirtual ? rules : [...rules, ...realTimeRules]).reduce((result, { pattern, replacement }) => result.replace(pattern, replacement), text);
  // Con reloj de verdad, cuántas veces se espera depende de la prisa de la máquina.
  const told = isVirtual ? events : events.filter(({ kind }) => kind !== 'stepWaiting');
  const times = new Set(isVirtual ? [] : ['at', 'took', 'elapsed']);
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return apply(value);
    if (Array.isArray(value)) return value.map(clean);
    if (typeof value !== 'object' || value === null) return value;
    return Object.fromEntries(Object.entries(value).flatMap(([key, inner]) => (times.has(key) ? [] : [[key, clean(inner)]])));
  };
  return {
    lab,
    target,
    kubernetes: versions.kubernetes,
    seed,
    commands: commands.map(apply),
    terminal: (isVirtual ? terminal : terminal.filter((line) => !/ ESPERA /.test(line))).map(apply),
    events: told.map((event) => clean(event) as Record<string, unknown>),
  };
}
