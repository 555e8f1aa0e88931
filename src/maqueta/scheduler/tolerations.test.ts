import { expect, it } from 'vitest';
import type { Taint, Toleration } from '../schema/types.generated.ts';
import { isTolerated, toleratesAll } from './tolerations.ts';

const taint: Taint = { key: 'solo', value: 'bases', effect: 'NoSchedule' };

it.each<[string, Toleration, boolean]>([
  ['misma clave, valor y efecto', { key: 'solo', value: 'bases', effect: 'NoSchedule' }, true],
  ['sin efecto vale para todos', { key: 'solo', value: 'bases' }, true],
  ['Exists no mira el valor', { key: 'solo', operator: 'Exists' }, true],
  ['Exists sin clave lo tolera todo', { operator: 'Exists' }, true],
  ['otro valor', { key: 'solo', value: 'colas', effect: 'NoSchedule' }, false],
  ['otro efecto', { key: 'solo', value: 'bases', effect: 'NoExecute' }, false],
  ['otra clave', { key: 'gpu', operator: 'Exists' }, false],
  ['Exists sin clave pero con otro efecto', { operator: 'Exists', effect: 'NoExecute' }, false],
])('%s: %o → %s', (_title, toleration, expected) => {
  expect(isTolerated(taint, [toleration])).toBe(expected);
});

it('hay que tolerarlos todos', () => {
  const other: Taint = { key: 'roto', effect: 'NoExecute' };
  expect(toleratesAll([taint, other], [{ key: 'solo', operator: 'Exists' }])).toBe(false);
  expect(
    toleratesAll(
      [taint, other],
      [
        { key: 'solo', operator: 'Exists' },
        { key: 'roto', operator: 'Exists' },
      ],
    ),
  ).toBe(true);
});
