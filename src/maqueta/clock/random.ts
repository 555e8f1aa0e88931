/** Azar con semilla. La misma semilla da la misma historia; cada pieza pide su propio hilo con `fork`. */
export interface Random {
  /** Número en [0, 1). */
  next(): number;
  /** Número en [low, high). */
  between(low: number, high: number): number;
  /** Entero en [0, limit). */
  integer(limit: number): number;
  pick<T>(list: readonly T[]): T;
  /** Sufijo de nombre como los de Kubernetes: apimachinery/pkg/util/rand, 27 letras sin vocales. */
  suffix(length?: number): string;
  uuid(): string;
  /** Tiempo hasta el próximo suceso de un proceso de Poisson con esa media, en las mismas unidades que `mean`. */
  exponential(mean: number): number;
  /** Hilo independiente: pedir más azar aquí no cambia el de los demás. */
  fork(label: string): Random;
}

const alphabet = 'bcdfghjklmnpqrstvwxz2456789';

/** FNV-1a de 32 bits: mezcla la semilla con la etiqueta del hilo. */
const hash = (text: string, seed: number): number => {
  let value = 0x811c9dc5 ^ seed;
  for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
  return value >>> 0;
};

export function createRandom(seed: number): Random {
  let state = seed >>> 0;
  // mulberry32: 32 bits de estado, de sobra para una simulación y muy barato.
  const next = () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const hex = (digits: number) => {
    let text = '';
    for (let index = 0; index < digits; index++) text += Math.floor(next() * 16).toString(16);
    return text;
  };
  const random: Random = {
    next,
    between: (low, high) => low + next() * (high - low),
    integer: (limit) => Math.floor(next() * limit),
    pick: (list) => list[Math.floor(next() * list.length)] as (typeof list)[number],
    suffix(length = 5) {
      let text = '';
      for (let index = 0; index < length; index++) text += alphabet[Math.floor(next() * alphabet.length)];
      return text;
    },
    uuid: () => `${hex(8)}-${hex(4)}-4${hex(3)}-${'89ab'[Math.floor(next() * 4)]}${hex(3)}-${hex(12)}`,
    exponential: (mean) => -mean * Math.log(1 - next()),
    fork: (label) => createRandom(hash(label, seed)),
  };
  return random;
}
