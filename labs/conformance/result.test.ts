import { expect, test } from 'vitest';
import { toText } from './result.ts';
import { conformanceRun } from './testing/conformance-run.ts';

test('lo guardado lleva una prueba por línea, por orden de nombre', () => {
  const text = toText(conformanceRun({ b: 'no', a: true }));
  expect(text.split('\n').slice(-6)).toEqual([
    '  "tests": [',
    '    {"name":"a","passes":true,"seconds":1.5},',
    '    {"name":"b","passes":false,"why":"no","seconds":1.5}',
    '  ]',
    '}',
    '',
  ]);
  expect(JSON.parse(text)).toMatchObject({ target: 'maqueta', version: '1.37.1', tests: [{ name: 'a' }, { name: 'b' }] });
});
