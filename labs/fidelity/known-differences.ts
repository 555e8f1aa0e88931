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
export const knownDifferences: readonly KnownDifference[] = [
  {
    scenarios: ['statefulset-identidad'],
    line: /^lectura 1 · leer Pod web-1 · spec\.containers\[0\]$/,
    why: 'La maqueta no monta el testigo de la cuenta de servicio (kube-api-access): ninguno de sus programas habla con la API.',
  },
  {
    scenarios: ['apply-listas-por-clave'],
    line: /^lectura 2 · leer Deployment web · metadata\.managedFields$/,
    why: 'Los controladores de la maqueta no firman en managedFields lo que escriben en status; quien escribe por la API, sí.',
  },
  {
    scenarios: ['cambio-inmutable'],
    line: /^respuesta 1 · parchear Pod suelto$/,
    found: /^422 Invalid: Pod "suelto" is invalid: spec: Forbidden: pod updates may not change fields other than/,
    why: 'El mensaje del real acaba con un volcado de sus estructuras internas de Go; el de la maqueta dice lo mismo y no lo lleva.',
  },
];

export const isCovered = (row: KnownDifference, { scenario, line, found }: Difference): boolean =>
  row.scenarios.includes(scenario) && row.line.test(line) && (row.found === undefined || row.found.test(found ?? ''));
