import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { traceInMaqueta } from '../maqueta-run.ts';
import { programs, programText, scenarioOf } from './program.ts';

it('un programa se lee en una línea y cada acción es un paso', () => {
  const program = {
    kind: 'StatefulSet' as const,
    replicas: 2,
    options: 'Parallel',
    moves: [{ do: 'escalar' as const, to: 0 }, { do: 'matar' as const }, { do: 'borrar' as const, propagation: 'Orphan' as const }],
  };
  expect(programText(program)).toBe('StatefulSet con 2 (Parallel): escalar 0, matar, borrar Orphan');
  expect(scenarioOf(program, 'x').steps.map(({ title }) => title)).toEqual(['0. crear', '1. escalar 0', '2. matar', '3. borrar Orphan']);
});

it('todo programa se puede escribir: nada se rechaza por mal hecho, y cada paso llega a la calma', async () => {
  await fc.assert(
    fc.asyncProperty(programs, async (program) => {
      const { steps } = await traceInMaqueta(scenarioOf(program, 'azar'));
      const answers = steps.flatMap(({ lines }) => Object.entries(lines)).filter(([line]) => line.startsWith('respuesta ') || line === 'plazo agotado');
      expect(answers.length).toBeGreaterThan(0);
      // 404: quien se borró antes. Partir o pausar un StatefulSet OnDelete tampoco es un error.
      for (const [line, answer] of answers) expect(`${programText(program)} · ${line}: ${answer}`).toMatch(/: (200|201|404 NotFound.*|409 AlreadyExists.*)$/);
    }),
    { numRuns: 12 },
  );
});
