import { describe, expect, it } from 'vitest';
import { judge } from './judge.ts';
import { conformanceRun as run } from './testing/conformance-run.ts';

const a = '[sig-apps] Deployment A [Conformance]';
const b = '[sig-apps] Deployment B [Conformance] [Serial]';
const file = 'labs/conformance/results/maqueta.json';
const command = 'npm run taller conformidad maqueta';
const saved = run({ [a]: true, [b]: 'no hay exec' });

describe('la maqueta frente a lo guardado', () => {
  it.each([false, true])('si sale lo mismo, nada que decir ni que guardar (CI: %s)', (isCi) =>
    expect(judge(run({ [a]: true, [b]: 'no hay exec' }, { seconds: 300, at: 'otro día' }), saved, { isCi })).toEqual({ lines: [], isSaved: false }),
  );

  it.each([false, true])('la que pasaba y ya no pasa se nombra, y no se guarda nunca sola (CI: %s)', (isCi) =>
    expect(judge(run({ [a]: 'se rompió', [b]: 'no hay exec' }), saved, { isCi })).toEqual({
      lines: ['  Consta que pasa y no pasa: Deployment A\n      se rompió'],
      isSaved: false,
      error: { message: 'Una prueba de conformidad que pasaba ya no pasa.', fix: `rm ${file} && ${command}   (solo si es lo que querías)` },
    }),
  );

  it('la que pasaba y no ha corrido tampoco pasa', () =>
    expect(judge(run({ [b]: 'no hay exec' }), saved, { isCi: true }).lines).toEqual([
      '  Consta que pasa y no pasa: Deployment A\n      Ya no está en la batería, o no ha corrido.',
    ]));

  it('la que ahora pasa se guarda; y en CI, que lo guardado diga menos de lo que hay también es falso', () => {
    const better = run({ [a]: true, [b]: true });
    const lines = [`  Pasa, y en ${file} no consta: Deployment B`];
    expect(judge(better, saved, { isCi: false })).toEqual({ lines, isSaved: true });
    expect(judge(better, saved, { isCi: true })).toEqual({
      lines,
      isSaved: false,
      error: { message: `${file} ya no dice la verdad.`, fix: `${command}   (y confirma ese archivo)` },
    });
  });

  it('otra causa para el mismo fallo se guarda, y en CI no es motivo de rojo', () => {
    const other = run({ [a]: true, [b]: 'no hay consola' });
    expect(judge(other, saved, { isCi: false })).toEqual({ lines: [], isSaved: true });
    expect(judge(other, saved, { isCi: true })).toEqual({ lines: [], isSaved: false });
  });

  it.each([
    ['una que no constaba', run({ [a]: true, [b]: 'no hay exec', '[sig-apps] C': 'tampoco' }), saved],
    ['una que ya no se corre', run({ [a]: true }), saved],
    ['otra versión de la batería', saved, run({ [a]: true, [b]: 'no hay exec' }, { version: '1.36.0' })],
  ])('%s hace falso lo guardado', (_, now, before) => {
    expect(judge(now, before, { isCi: true }).error?.message).toBe(`${file} ya no dice la verdad.`);
    expect(judge(now, before, { isCi: false }).isSaved).toBe(true);
  });

  it('la primera vez se guarda; en CI no hay primera vez', () => {
    expect(judge(saved, undefined, { isCi: false })).toEqual({ lines: [], isSaved: true });
    expect(judge(saved, undefined, { isCi: true }).error?.message).toBe(`No hay ${file}: nadie ha guardado el resultado.`);
  });
});

describe('el taller', () => {
  it('pasan todas o está roto, conste lo que conste', () => {
    const failing = run({ [a]: true, [b]: 'no arranca' }, { target: 'taller' });
    const verdict = {
      lines: [],
      isSaved: false,
      error: { message: 'Una prueba de conformidad no pasa en el taller.', fix: 'npm run taller conformidad' },
    };
    expect(judge(failing, undefined, { isCi: false })).toEqual(verdict);
    expect(judge(failing, failing, { isCi: true })).toEqual(verdict);
    const passing = run({ [a]: true, [b]: true }, { target: 'taller' });
    expect(judge(passing, passing, { isCi: true })).toEqual({ lines: [], isSaved: false });
  });
});
