import type { Difference } from './differences.ts';

/** Una diferencia con el Kubernetes real que se conoce, se acepta y se publica. */
export interface KnownDifference {
  /** Escenarios donde se ve. */
  scenarios: readonly string[];
  /** Qué líneas: `Pod web · contenedor app`. Una expresión, entera. */
  line: RegExp;
  /** Solo si lo que sale en la maqueta casa con esto. */
  found?: RegExp;
  /** Por qué la maqueta difiere, en una frase para quien lee. */
  why: string;
}

/** Todas las que hay. Una fila que ya no hace falta es un fallo: se borra. */
export const knownDifferences: readonly KnownDifference[] = [];

export const isCovered = (row: KnownDifference, { scenario, line, found }: Difference): boolean =>
  row.scenarios.includes(scenario) && row.line.test(line) && (row.found === undefined || row.found.test(found ?? ''));
