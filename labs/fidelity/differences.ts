import type { Lines, Trace, Variants } from './trace.ts';

/** Una línea que no es la misma en los dos sitios. `undefined`: ahí no sale. */
export interface Difference {
  scenario: string;
  /** Título del paso, o `al final`. */
  step: string;
  /** Qué se mira: `Pod web-0 · estado`. */
  line: string;
  expected: string | undefined;
  found: string | undefined;
}

export interface Compared {
  differences: readonly Difference[];
  /** Líneas distintas que salen en uno o en otro. */
  total: number;
}

const atTheEnd = 'al final';

/** Línea a línea y paso a paso: la misma clave debe decir lo mismo, o algo que el real dijo otra vez. */
export function compareTraces(expected: Trace, found: Trace, also: Variants = {}): Compared {
  const differences: Difference[] = [];
  let total = 0;
  const compare = (step: string, left: Lines, right: Lines) => {
    for (const line of new Set([...Object.keys(left), ...Object.keys(right)])) {
      total += 1;
      const isAlso = also[step]?.[line]?.includes(right[line] ?? null) ?? false;
      if (left[line] !== right[line] && !isAlso) differences.push({ scenario: expected.scenario, step, line, expected: left[line], found: right[line] });
    }
  };
  for (const [index, step] of expected.steps.entries()) compare(step.title, step.lines, found.steps[index]?.lines ?? {});
  for (const step of found.steps.slice(expected.steps.length)) compare(step.title, {}, step.lines);
  compare(atTheEnd, expected.final, found.final);
  return { differences, total };
}

/** Como un diff: qué escenario, qué paso, qué objeto; `-` lo que salió en el clúster real, `+` lo que sale ahora. */
export function differenceText({ scenario, step, line, expected, found }: Difference): string {
  return [
    `${scenario} · paso «${step}» · ${line}`,
    ...(expected === undefined ? ['  - (no sale)'] : [`  - ${expected}`]),
    ...(found === undefined ? ['  + (no sale)'] : [`  + ${found}`]),
  ].join('\n');
}
