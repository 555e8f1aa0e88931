import { describe, expect, it } from 'vitest';
import { drained } from './drain-checks.ts';

describe('drained', () => {
  it('se cumple cuando no queda nadie', () => {
    expect(drained().test([])).toEqual({ ok: true });
  });

  it('dice quién se está yendo y a quién no le dejan, con el motivo del servidor', () => {
    expect(drained().test([{ pod: 'web-a' }, { pod: 'web-b', refused: 'The disruption budget web needs 2 healthy pods and has 2 currently' }])).toEqual({
      ok: false,
      mismatch: {
        path: 'Pods por irse',
        expected: 'ninguno',
        found: 'web-a, que se está yendo; web-b, que no puede irse (The disruption budget web needs 2 healthy pods and has 2 currently)',
      },
    });
  });
});
