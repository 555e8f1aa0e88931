import { describe, expect, it } from 'vitest';
import { createTally } from './tally.ts';

const web = { called: 'Pod web', isAnonymous: false };
const anyone = () => ({ called: 'Pod web-<sufijo>', isAnonymous: true });
const keepAll = () => true;

describe('lo que cambió en un paso', () => {
  it.each([
    ['lo que sube de golpe y lo que sube poco a poco es lo mismo', [0, 3], [0, 1, 2, 3]],
    ['lo que baja y vuelve, también', [3, 2, 3], [3, 2, 3, 2, 3]],
  ])('un número: %s', (_title, short, long) => {
    const lines = [short, long].map((values) => {
      const tally = createTally();
      for (const [index, value] of values.entries()) if (index > 0) tally.note(web, 'n', values[index - 1], value);
      return tally.lines(keepAll);
    });
    expect(lines[0]).toEqual(lines[1]);
  });

  it('un número que se sale de donde empieza y acaba dice hasta dónde llegó', () => {
    const tally = createTally();
    tally.note(web, 'réplicas', 3, 5);
    tally.note(web, 'réplicas', 5, 2);
    tally.note(web, 'réplicas', 2, 3);
    expect(tally.lines(keepAll)).toEqual({ 'Pod web · réplicas': '3→3 (sube a 5) (baja a 2)' });
  });

  it('un texto cuenta cada valor, en orden y sin repetir los seguidos', () => {
    const tally = createTally();
    tally.note(web, 'estado', undefined, 'Pending');
    tally.note(web, 'estado', 'Pending', 'Running');
    tally.note(web, 'estado', 'Running', 'Running');
    tally.note(web, 'estado', 'Running', 'Pending');
    expect(tally.lines(keepAll)).toEqual({ 'Pod web · estado': 'Pending → Running → Pending' });
  });

  it('un valor de paso que ni al final cuenta se va también de ahí, si antes hubo otro', () => {
    const tally = createTally<typeof web>();
    tally.note(web, 'estado', 'a', 'b');
    tally.note(web, 'estado', 'b', 'nada');
    tally.note(web, 'otro', undefined, 'nada');
    expect(tally.lines((_key, value) => value !== 'nada')).toEqual({ 'Pod web · estado': 'a → b' });
  });

  it('un valor de paso no cuenta, salvo que sea el último', () => {
    const tally = createTally();
    tally.note(web, 'estado', 'a', 'de paso');
    tally.note(web, 'estado', 'de paso', 'b');
    tally.note(web, 'otro', 'a', 'de paso');
    expect(tally.lines((_key, value, place) => place === 'last' || value !== 'de paso')).toEqual({
      'Pod web · estado': 'a → b',
      'Pod web · otro': 'a → de paso',
    });
  });

  it('los que no se distinguen se cuentan juntos', () => {
    const tally = createTally<{ called: string; isAnonymous: boolean }>();
    tally.note(anyone(), 'estado', undefined, 'Running');
    tally.note(anyone(), 'estado', undefined, 'Failed');
    tally.note(anyone(), 'estado', undefined, 'Running');
    expect(tally.lines(keepAll)).toEqual({ 'Pod web-<sufijo> · estado': '×1 Failed ; ×2 Running' });
  });
});
