import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';
import type { Duration } from './ports.ts';

test.each([
  ['500ms', 500],
  ['60s', 60_000],
  ['1.5s', 1500],
  ['6m', 360_000],
] as const)('%s son %i milisegundos', (text, expected) => {
  expect(parseDuration(text)).toBe(expected);
});

test.each(['60', 's', '-1s', '1e3s', '60 s', ' 60s'])('«%s» se rechaza diciendo qué se espera', (text) => {
  expect(() => parseDuration(text as Duration)).toThrow(`«${text}» no es una duración: se espera un número y ms, s o m, como 60s`);
});
