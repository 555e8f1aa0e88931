export type ConformanceTarget = 'taller' | 'maqueta';

export interface TestResult {
  /** Entero, como lo escribe Kubernetes. */
  name: string;
  passes: boolean;
  /** Por qué no, en una línea. */
  why?: string;
  seconds: number;
}

/** Lo que se guarda en `labs/conformance/results/DESTINO.json`. */
export interface ConformanceRun {
  target: ConformanceTarget;
  /** Versión de la batería, que es la de Kubernetes. */
  version: string;
  focus: string;
  skip: string;
  /** ISO 8601. */
  at: string;
  /** De principio a fin, con lo que corre a la vez. */
  seconds: number;
  tests: TestResult[];
}

export const resultsFile = (target: ConformanceTarget): string => `labs/conformance/results/${target}.json`;

export const passing = ({ tests }: Pick<ConformanceRun, 'tests'>): number => tests.filter(({ passes }) => passes).length;

/** Una prueba por línea: en un cambio se ve cuál pasa y cuál deja de pasar. */
export function toText({ tests, ...run }: ConformanceRun): string {
  const head = JSON.stringify(run, null, 2).replace(/\n\}$/, '');
  const lines = [...tests].sort((a, b) => (a.name < b.name ? -1 : 1)).map((test) => `    ${JSON.stringify(test)}`);
  return `${head},\n  "tests": [\n${lines.join(',\n')}\n  ]\n}\n`;
}
