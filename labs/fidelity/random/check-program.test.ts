import { expect, it } from 'vitest';
import type { Compared } from '../differences.ts';
import { checkProgram } from './check-program.ts';
import type { Program } from './program.ts';

const program: Program = { kind: 'Deployment', replicas: 1, options: 'normal', moves: [{ do: 'romper' }, { do: 'matar' }, { do: 'atar' }] };
const never = new AbortController().signal;
const answer = (...lines: string[]): Compared => ({
  differences: lines.map((line) => ({ scenario: 'x', step: '1', line, expected: 'a', found: 'b' })),
  total: 10,
});

/** Contesta, por orden, lo que se le da; y después, siempre lo último. Apunta con cuánto silencio y cuántas acciones. */
function answering(...answers: Compared[]) {
  const asked: string[] = [];
  const compare = async ({ moves }: Program, settle: string) => {
    asked.push(`${moves.length} ${settle}`);
    return answers[Math.min(asked.length, answers.length) - 1] as Compared;
  };
  return { asked, compare };
}

it('lo que sale igual a la primera no se repite', async () => {
  const { asked, compare } = answering(answer());
  const verdict = await checkProgram(program, compare, never, () => true);
  expect(verdict).toMatchObject({ lines: { equal: 10, total: 10 }, differences: [] });
  expect(verdict).not.toHaveProperty('doubt');
  expect(asked).toEqual(['3 6s']);
});

it('lo que no se repite con más calma era la prisa, y se dice que hizo falta', async () => {
  const { asked, compare } = answering(answer('a'), answer('b'));
  expect(await checkProgram(program, compare, never, () => true)).toMatchObject({ doubt: '1 · a', differences: [], lines: { equal: 10, total: 10 } });
  expect(asked).toEqual(['3 6s', '3 15s']);
});

it('la misma línea dos veces es una diferencia, y se busca el programa más corto que la enseña', async () => {
  const { compare } = answering(answer('a', 'b'), answer('a'));
  const verdict = await checkProgram(program, compare, never, () => true);
  expect(verdict).toMatchObject({ differences: [{ line: 'a' }], lines: { equal: 9, total: 10 }, places: [], shortest: { moves: [] } });
});

it('sin tiempo para acortarlo, se enseña entero', async () => {
  const { compare } = answering(answer('a'));
  expect((await checkProgram(program, compare, never, () => false)).places).toEqual([0, 1, 2]);
});

it('una comparación que no se pudo acabar se repite; si tampoco se puede, es un error', async () => {
  let times = 0;
  const compare = async () => (times++ === 0 ? Promise.reject(new Error('no contesta')) : answer());
  expect(await checkProgram(program, compare, never, () => true)).toMatchObject({ doubt: 'no contesta', differences: [] });
  await expect(
    checkProgram(
      program,
      async () => Promise.reject(new Error('no contesta')),
      never,
      () => true,
    ),
  ).rejects.toThrow('no contesta');
});

it('cortado en la primera, no hay veredicto', async () => {
  const cut = new AbortController();
  const compare = async () => {
    cut.abort();
    throw new Error('cortado');
  };
  await expect(checkProgram(program, compare, cut.signal, () => true)).rejects.toThrow('cortado');
});
