import type { ConformanceRun, ConformanceTarget, TestResult } from '../../../labs/conformance/result.ts';

export type Runs = Readonly<Record<ConformanceTarget, ConformanceRun>>;

/** Una prueba y cómo le fue en cada sitio; sin resultado, allí no se ha corrido. */
export interface Row {
  /** Entero, como lo escribe Kubernetes: no hay dos iguales. */
  name: string;
  /** Sin las etiquetas entre corchetes. */
  title: string;
  results: Readonly<Record<ConformanceTarget, TestResult | undefined>>;
}

export const places: readonly ConformanceTarget[] = ['taller', 'maqueta'];

/** Las de los dos, por orden de nombre. */
export function rowsOf(runs: Runs): Row[] {
  const names = new Set(places.flatMap((place) => runs[place].tests.map(({ name }) => name)));
  const resultIn = (place: ConformanceTarget, name: string) => runs[place].tests.find((test) => test.name === name);
  // Para el navegador, Babel cree que todo lo que se esparce con «...» es una lista: con un Set no funcionaría.
  return Array.from(names)
    .sort()
    .map((name) => ({
      name,
      title: name
        .replaceAll(/\[[^\]]*\]/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
      results: { taller: resultIn('taller', name), maqueta: resultIn('maqueta', name) },
    }));
}

export const failsSomewhere = ({ results }: Row): boolean => places.some((place) => !results[place]?.passes);
