import { expect, test } from 'vitest';
import { captureCommand, replaceCapture } from './replace-capture.ts';

const empty = 'Antes.\n\n<!-- captura: npm run -s lab 04 maqueta -->\n\nDespués.\n';
const filled =
  'Antes.\n\n<!-- captura: npm run -s lab 04 maqueta -->\n\n```\n$ npm run -s lab 04 maqueta\nHecho.\n```\n\n<!-- fin de la captura -->\n\nDespués.\n';

test('el documento dice qué orden enseña', () => {
  expect(captureCommand(empty)).toBe('npm run -s lab 04 maqueta');
  expect(captureCommand('nada')).toBeUndefined();
});

test('la primera vez se añade la salida y el resto queda igual', () => {
  expect(replaceCapture(empty, 'Hecho.\n')).toBe(filled);
});

test('la segunda vez se cambia por la nueva', () => {
  expect(replaceCapture(filled.replace('Hecho.', 'Lo de antes.'), 'Hecho.')).toBe(filled);
});

test('sin sitio para la captura, se dice', () => {
  expect(() => replaceCapture('nada', 'Hecho.')).toThrow('No encuentro «<!-- captura: ORDEN -->».');
});
