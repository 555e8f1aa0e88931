import { battery, shortName } from './battery.ts';
import type { ConformanceRun, TestResult } from './result.ts';

/** Lo que ha cambiado entre lo guardado y lo que acaba de salir, con el nombre entero de cada prueba. */
export interface Changes {
  /** Pasaban y ya no, o no han corrido. */
  broken: TestResult[];
  /** No pasaban, o no estaban, y ahora pasan. */
  fixed: string[];
  /** No pasan y no constaban, o siguen sin pasar por otra causa. */
  retold: TestResult[];
  /** Constaban sin pasar y ya no se corren. */
  gone: string[];
}

const notRun = 'Ya no está en la batería, o no ha corrido.';

export function compareRuns(before: ConformanceRun, after: ConformanceRun): Changes {
  const now = new Map(after.tests.map((test) => [test.name, test]));
  const saved = new Map(before.tests.map((test) => [test.name, test]));
  return {
    broken: before.tests
      .filter(({ name, passes }) => passes && !now.get(name)?.passes)
      .map(({ name }) => now.get(name) ?? { name, passes: false, why: notRun, seconds: 0 }),
    fixed: after.tests.filter(({ name, passes }) => passes && !saved.get(name)?.passes).map(({ name }) => name),
    retold: after.tests.filter((test) => !test.passes && !saved.get(test.name)?.passes && saved.get(test.name)?.why !== test.why),
    gone: before.tests.filter(({ name, passes }) => !passes && !now.has(name)).map(({ name }) => name),
  };
}

/** ¿Dice lo guardado qué pruebas pasan y cuáles no, de la batería de hoy? Que cambien los segundos o la causa no lo hace falso. */
export const isTrue = (before: ConformanceRun, { broken, fixed, retold, gone }: Changes): boolean =>
  isOfToday(before) &&
  broken.length === 0 &&
  fixed.length === 0 &&
  gone.length === 0 &&
  retold.every(({ name }) => before.tests.some((one) => one.name === name));

const isOfToday = ({ version, focus, skip }: ConformanceRun): boolean => version === battery.version && focus === battery.focus && skip === battery.skip;

/** Una línea por cambio que importa, con las que se han roto delante. */
export const changeLines = ({ broken, fixed, gone }: Changes, file: string): string[] => [
  ...broken.map(({ name, why }) => `  Consta que pasa y no pasa: ${shortName(name)}\n      ${why}`),
  ...fixed.map((name) => `  Pasa, y en ${file} no consta: ${shortName(name)}`),
  ...gone.map((name) => `  Consta en ${file} y ya no se corre: ${shortName(name)}`),
];
