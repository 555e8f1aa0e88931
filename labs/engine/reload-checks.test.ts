import { describe, expect, it } from 'vitest';
import type { Reload } from './reading.ts';
import { lastReloadsFine, noReloadErrors, onlyNewVersion, reloadsAfter } from './reload-checks.ts';

const fine = (n: number, version = 'v22'): Reload => ({ n, pod: 'web-a', version });
const failed = (n: number, error = 'ETIMEDOUT'): Reload => ({ n, error });

describe('lo que se exige a las recargas', () => {
  it('ni un error: nombra la primera que falla y no espera más; sin recargas no dice nada', () => {
    expect(noReloadErrors().test([fine(1), fine(2)])).toEqual({ ok: true });
    expect(noReloadErrors().test([fine(1), failed(2), failed(3, 'ECONNREFUSED')])).toMatchObject({
      ok: false,
      mismatch: { found: '2 de 3; la primera, la n.º 2: ETIMEDOUT' },
      cannotHeal: 'una recarga ya ha fallado',
    });
    expect(noReloadErrors().test([])).toMatchObject({ ok: false, mismatch: { found: 'ninguna recarga' } });
  });

  it('las últimas, sin error: un fallo antiguo no cuenta y uno reciente sí', () => {
    expect(lastReloadsFine(2).test([failed(1), fine(2), fine(3)])).toEqual({ ok: true });
    expect(lastReloadsFine(2).test([fine(1), fine(2), failed(3)])).toMatchObject({ ok: false, mismatch: { expected: '2', found: '1' } });
    expect(lastReloadsFine(2).test([fine(1)])).toMatchObject({ ok: false, mismatch: { found: '1' } });
  });

  it('una pedida antes y apuntada después, cuando se le acabó el plazo, no es de las de después', () => {
    const before = [failed(14), fine(16), fine(17)];
    expect(reloadsAfter(before, [...before, fine(18), failed(15), fine(19)])).toEqual([fine(18), fine(19)]);
  });

  it('una sola versión, y no la de antes', () => {
    expect(onlyNewVersion('v22').test([fine(1, 'v24'), fine(2, 'v24')])).toEqual({ ok: true });
    expect(onlyNewVersion('v22').test([fine(1, 'v24'), fine(2)])).toMatchObject({ ok: false, mismatch: { found: 'v24, v22' } });
    expect(onlyNewVersion('v22').test([fine(1)])).toMatchObject({ ok: false, mismatch: { found: 'v22' } });
    expect(onlyNewVersion('v22').test([])).toMatchObject({ ok: false, mismatch: { found: 'ninguna respuesta' } });
  });
});
