import { expect, it } from 'vitest';
import { scriptsOf } from './page-weight.ts';

it('cuenta una vez cada guion propio, ejecutado o precargado, y ninguno ajeno', () => {
  const html = `<html><head>
    <link rel="stylesheet" href="/bitacora/assets/css/styles.css">
    <link rel=modulepreload href=/bitacora/assets/js/capitulo.0a1b.js>
    <script src="/bitacora/assets/js/main.js" defer></script>
    <script src='/bitacora/assets/js/main.js'></script>
    <script src="https://otro.example/rastreo.js"></script>
    <script>const pista = "/no/cuenta.js"</script>
    <script type="application/ld+json">{"@context":"x"}</script>`;
  expect(scriptsOf(html)).toEqual(['/bitacora/assets/js/capitulo.0a1b.js', '/bitacora/assets/js/main.js']);
});
