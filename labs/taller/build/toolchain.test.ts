import { expect, it } from 'vitest';
import { isOlder } from './toolchain.ts';

it.each([
  ['go1.26.8', '1.26.0', false],
  ['go1.26', '1.26.0', false],
  ['go1.27rc1', '1.26.4', false],
  ['go2.0', '1.26.0', false],
  ['go1.25.12', '1.26.0', true],
  ['go1.26.3', '1.26.4', true],
  ['go1.9', '1.26.0', true],
  ['devel go1.28-abc', '1.26.0', false],
])('%s frente a %s: ¿más viejo? %s', (version, needed, older) => {
  expect(isOlder(version, needed)).toBe(older);
});
