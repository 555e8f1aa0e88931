import { expect, test } from 'vitest';
import { lastWords, oneLine } from './one-line.ts';

test.each([
  ['una frase se queda como está', 'no existe', 'no existe'],
  [
    'el objeto que gomega vuelca detrás se va',
    'Expected\n    <*errors.StatusError | 0x15e2538>: \n    the server could not find the requested resource\n    {\n        ErrStatus: {}\n    }\nto be nil',
    'Expected the server could not find the requested resource',
  ],
  ['los tipos y las direcciones de memoria no dicen nada', 'Timed out\n<string>: Pending\npod at 0x15e252cb2b10', 'Timed out Pending pod at 0x…'],
  ['lo larguísimo se corta', 'a'.repeat(300), `${'a'.repeat(239)}…`],
])('%s', (_, message, line) => expect(oneLine(message)).toBe(line));

test.each([
  [
    'la última frase, sin fecha ni archivo',
    'I1121 08:31:35.954009   10393 wait.go:55] Waiting for pod ss2-0\nI1121 08:31:45.954009   10393 wait.go:57] Waiting\n',
    'Waiting',
  ],
  ['de una orden que falla, su error', 'stderr:\nerror: unable to upgrade connection\n\nerror:\nexit status 1\n', 'error: unable to upgrade connection'],
  ['quien calla no dice nada', '\n \n', ''],
])('de lo que escribe una prueba: %s', (_, output, words) => expect(lastWords(output)).toBe(words));
