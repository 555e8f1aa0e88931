import { expect, test } from 'vitest';
import { strategicPatch } from './patch.ts';
import { definitionOf } from './schema-check.ts';

const pod = definitionOf('v1', 'Pod');
const named = (...names: string[]) => names.map((name) => ({ name }));

const merge = (original: string[], patch: object) =>
  (strategicPatch({ spec: { containers: named(...original) } }, { spec: patch }, pod) as { spec: { containers: { name: string }[] } }).spec.containers.map(
    ({ name }) => name,
  );

test.each([
  ['uno nuevo va delante de lo que el parche no nombra', ['a', 'b'], { containers: named('nuevo') }, ['nuevo', 'a', 'b']],
  ['lo que ya estaba no se mueve', ['a', 'b', 'c'], { containers: named('b') }, ['a', 'b', 'c']],
  ['el orden del parche manda entre los suyos', ['a', 'b', 'c'], { containers: named('c', 'a') }, ['b', 'c', 'a']],
  [
    '$setElementOrder manda sobre el parche',
    ['a', 'b'],
    { '$setElementOrder/containers': named('b', 'nuevo', 'a'), containers: named('nuevo') },
    ['b', 'nuevo', 'a'],
  ],
  ['$setElementOrder sin parche solo reordena', ['a', 'b', 'c'], { '$setElementOrder/containers': named('c', 'b', 'a') }, ['c', 'b', 'a']],
  ['borrar con $patch: delete no desordena el resto', ['a', 'b', 'c'], { containers: [{ name: 'b', $patch: 'delete' }] }, ['a', 'c']],
])('%s', (_, original, patch, expected) => {
  expect(merge(original, patch)).toEqual(expected);
});

test('una lista de valores sueltos se ordena igual', () => {
  const patched = strategicPatch(
    { metadata: { finalizers: ['x/uno', 'x/dos'] } },
    { metadata: { '$setElementOrder/finalizers': ['x/tres', 'x/dos', 'x/uno'], finalizers: ['x/tres'] } },
    pod,
  );
  expect(patched).toEqual({ metadata: { finalizers: ['x/tres', 'x/dos', 'x/uno'] } });
});

test('$setElementOrder de una lista que nadie tiene no la crea', () => {
  expect(strategicPatch({ spec: {} }, { spec: { '$setElementOrder/containers': named('a') } }, pod)).toEqual({ spec: {} });
});
