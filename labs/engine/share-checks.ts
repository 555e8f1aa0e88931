import type { Check } from './check.ts';
import { wilson } from './intervals.ts';

/** Quién contestó a cada petición, en el orden en que se hicieron. */
export type Answers = readonly string[];

/** Cuántas veces contestó cada uno, por nombre. */
export function countAnswers(answers: Answers): Map<string, number> {
  const counts = new Map<string, number>();
  for (const answer of answers) counts.set(answer, (counts.get(answer) ?? 0) + 1);
  return new Map([...counts].sort(([a], [b]) => a.localeCompare(b)));
}

/** Cuántas veces contestó el mismo que en la petición anterior. */
export const countRepeats = (answers: Answers): number => answers.filter((answer, index) => index > 0 && answer === answers[index - 1]).length;

/** `34,1 % (entre 31,7 % y 36,5 %)`, con su intervalo de Wilson. */
export function sayShare(count: number, total: number, confidence: 0.99 | 0.9999 = 0.99): string {
  const { low, high } = wilson(count, total, confidence);
  return `${percent(count / total)} (entre ${percent(low)} y ${percent(high)})`;
}

/**
 * Lo que se ha visto cabe en un reparto al azar con la misma probabilidad para todos: la parte de cada uno, y las veces que
 * repite el de antes, son compatibles con 1/n. Repartir por turnos no pasa: nunca repite.
 * Cada intervalo es del 99,99 %. Con n que reparten son n + 1 a la vez: si el azar es justo, fallará como mucho (n + 1) de cada
 * 10 000 ejecuciones. Con 1 500 respuestas y tres Pods distingue un reparto que se aparte unos cinco puntos del tercio.
 */
export const fairlyShared = (among: readonly string[]): Check<Answers> => {
  const expected = 1 / among.length;
  return {
    describe: `reparto al azar entre ${among.length}, cada uno con ${percent(expected)}`,
    test(answers) {
      const no = (path: string, expectedText: string, found: string) => ({ ok: false as const, mismatch: { path, expected: expectedText, found } });
      if (answers.length < 2) return no('respuestas', 'al menos 2', `${answers.length}`);
      const counts = countAnswers(answers);
      const stranger = [...counts.keys()].find((name) => !among.includes(name));
      if (stranger !== undefined) return no('quién contesta', among.join(', '), stranger);
      for (const name of among) {
        const count = counts.get(name) ?? 0;
        if (!contains(wilson(count, answers.length, 0.9999), expected))
          return no(`parte de ${name}`, percent(expected), sayShare(count, answers.length, 0.9999));
      }
      const repeats = countRepeats(answers);
      const pairs = answers.length - 1;
      if (contains(wilson(repeats, pairs, 0.9999), expected)) return { ok: true };
      return no('veces que repite el de antes', percent(expected), sayShare(repeats, pairs, 0.9999));
    },
  };
};

/** Contestan todos esos y nadie más, al menos una vez cada uno. */
export const answeredBy = (names: readonly string[]): Check<Answers> => {
  const expected = [...names].sort().join(', ');
  return {
    describe: `contestan ${expected}`,
    test(answers) {
      const found = [...countAnswers(answers).keys()].join(', ') || 'nadie';
      return found === expected ? { ok: true } : { ok: false, mismatch: { path: 'quién contesta', expected, found } };
    },
  };
};

/** Contesta siempre el mismo, y no es `other`. */
export const alwaysTheSame = (other?: string): Check<Answers> => ({
  describe: other ? `contesta siempre el mismo, y ya no es ${other}` : 'contesta siempre el mismo',
  test(answers) {
    const names = [...countAnswers(answers).keys()];
    if (names.length === 1 && names[0] !== other) return { ok: true };
    return {
      ok: false,
      mismatch: { path: 'quién contesta', expected: other ? `uno solo, distinto de ${other}` : 'uno solo', found: names.join(', ') || 'nadie' },
    };
  },
});

const contains = ({ low, high }: { low: number; high: number }, value: number): boolean => low <= value && value <= high;

const percent = (share: number): string => `${(share * 100).toFixed(1).replace('.', ',')} %`;
