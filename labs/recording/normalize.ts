// cspell:ignore bcdfghjklmnpqrstvwxz
/** Lo que cambia de una ejecución a otra sin que cambie la historia. Se aplica a todo texto, en este orden. */
export interface Rule {
  name: string;
  pattern: RegExp;
  replacement: string | ((found: string) => string);
  /** Solo en ese paso: `07/nodo`. Sin decirlo, en todos. */
  only?: string;
}

/** Las letras que usa Kubernetes para sus sufijos: sin vocales, para que no salgan palabras. Sigue a kubernetes: apimachinery/pkg/util/rand/rand.go. */
const letters = '[bcdfghjklmnpqrstvwxz2456789]';

export const rules: readonly Rule[] = [
  { name: 'UID', pattern: /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/g, replacement: '<uid>' },
  { name: 'UID recortado', pattern: /\buid [0-9a-f]{4}…/g, replacement: 'uid <uid>' },
  // En una dirección escapada va pegada a «%2F», y en el nombre que el DNS da a un Pod lleva guiones.
  { name: 'IP', pattern: /(?:\b|(?<=%2F))(?:\d{1,3}\.){3}\d{1,3}\b|\b10(?:-\d{1,3}){3}\b/g, replacement: '<ip>' },
  { name: 'sufijo de plantilla y de Pod', pattern: new RegExp(`-${letters}{8,10}-${letters}{5}\\b`, 'g'), replacement: '-<plantilla>-<sufijo>' },
  { name: 'sufijo de plantilla', pattern: new RegExp(`-(?=${letters}*\\d)${letters}{8,10}\\b`, 'g'), replacement: '-<plantilla>' },
  { name: 'sufijo de Pod', pattern: new RegExp(`-(?=${letters}*\\d)${letters}{5}\\b|-${letters}{5}\\b(?=[ ,:'")\\]/]|$)`, 'g'), replacement: '-<sufijo>' },
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
  {
    name: 'reparto medido: cuántas le tocan a cada uno es azar; que quepan en su intervalo lo comprueba el paso',
    pattern: /\b\d+ (?:de \d+|veces)([,:]) \d+,\d % \(entre [\d,]+ % y [\d,]+ %\)/g,
    replacement: '<n>$1 <p> %',
  },
  {
    name: 'sonda: cuántas preguntó y cuántas fallaron dependen de lo que duró; que no fallara ninguna sí se compara',
    pattern: /\b(?:[1-9]\d* (?=errores\b)|\d+ (?=peticiones\b))/g,
    replacement: '<n> ',
  },
  {
    name: 'sonda: cuántas fallaron y de qué clase depende de quién ganó cada carrera; los mínimos los exige el paso',
    pattern: /\b\d+ de \d+ con error \([^)]*\)/g,
    replacement: '<n> con error (<clases>)',
  },
  {
    name: 'sonda: cuántas se cortaron y cuántas llegaron tarde; que alguna se cortó lo exige el paso',
    pattern: /\b\d+ cortadas a medias y \d+\b/g,
    replacement: '<n> cortadas a medias y <n>',
  },
  { name: 'puerto de nodo: lo sortea la API', pattern: /(?:\b|(?<=%3A))3[0-2]\d{3}\b/g, replacement: '<puerto>' },
  { name: 'en qué nodos: lo decide el planificador', pattern: /\bestán en <nodo>(?:, <nodo>)*/g, replacement: 'están en <nodos>' },
  {
    name: 'extremo que se va: si da tiempo a verlo cuando su contenedor ya ha acabado y el Pod aún está',
    pattern: / → terminating → fuera$/g,
    replacement: ' → fuera',
  },
  {
    name: 'réplica en el nodo que se apaga: la primera que no comparta nodo con la API, y eso lo decide el planificador',
    only: '07/nodo',
    pattern: /\blibreta-\d\b/g,
    replacement: 'libreta-<n>',
  },
  {
    name: 'quién contestó: a qué Pod lleva cada conexión lo sortea kube-proxy, y alguno puede no salir',
    pattern: /\bcontestaron \d+ Pods\b/g,
    replacement: 'contestaron <n> Pods',
  },
];

/** @param place De dónde es el texto: `07/nodo`. */
export const normalize = (text: string, chosen: readonly Rule[], place?: string): string =>
  chosen
    .filter(({ only }) => only === undefined || only === place)
    // Con dos formas de reemplazo, TypeScript no sabe cuál de las dos firmas de `replace` es.
    .reduce(
      (result, { pattern, replacement }) => (typeof replacement === 'string' ? result.replace(pattern, replacement) : result.replace(pattern, replacement)),
      text,
    );
