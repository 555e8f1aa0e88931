import { expect, test } from 'vitest';
import { jsonIn } from './answer-reading.ts';
import { LabError } from './lab-error.ts';

test('una respuesta buena se lee entera', () => {
  expect(jsonIn({ status: 200, body: '{"notas":["hola"]}' }, 'web-0')).toEqual({ notas: ['hola'] });
});

test.each([
  [{ status: 503, body: 'error trying\n  to reach service' }, 'web-0 ha contestado con un 503: error trying to reach service.'],
  [{ status: 200, body: '<html>' }, 'web-0 ha contestado algo que no es JSON: <html>.'],
  [{ status: 502, body: '' }, 'web-0 ha contestado con un 502: nada.'],
  [{ status: 500, body: 'x'.repeat(200) }, `web-0 ha contestado con un 500: ${'x'.repeat(119)}….`],
])('lo demás se dice, y quien espera puede insistir: %j', (response, message) => {
  let error: unknown;
  try {
    jsonIn(response, 'web-0');
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toBeInstanceOf(LabError);
  expect(error).toMatchObject({ message, code: 'NOT_YET', canHeal: true });
});
