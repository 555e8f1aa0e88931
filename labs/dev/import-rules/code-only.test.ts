import { expect, test } from 'vitest';
import { codeOnly } from './code-only.ts';

test.each([
  ['un comentario de línea', 'a(); // b()', 'a();'],
  ['un comentario de varias', 'a(); /* b()\nc() */ d();', 'a();\n d();'],
  ['una dirección no es un comentario', "get('https://x');e();", 'get( );e();'],
  ['comillas escapadas', "a('b\\'c()');d();", 'a( );d();'],
  ['una plantilla', 'a(`b()`);c();', 'a( );c();'],
  ['lo que se calcula dentro de una plantilla', 'a(`b ${c()} d`);', 'a( c() );'],
  ['plantillas dentro de plantillas', 'a(`b ${c ? `d ${e({ f: 1 })}` : `g`} h`);i();', 'a( c ? e({ f: 1 }) : );i();'],
  ['una expresión regular con comillas', 'a(/[\'"`]/g);b();', 'a( );b();'],
  ['una división', 'a = b / c; d = e / f;', 'a = b / c; d = e / f;'],
])('%s', (_, text, code) => {
  const squeeze = (value: string) =>
    value
      .replace(/ +/g, ' ')
      .replace(/ *\n */g, '\n ')
      .replace(/ ?([;)(]) ?/g, '$1')
      .trim();
  expect(squeeze(codeOnly(text))).toBe(squeeze(code));
});
