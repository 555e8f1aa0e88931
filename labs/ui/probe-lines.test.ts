import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../engine/probe-result.ts';
import { healthy, outage } from '../testing/probe-results.ts';
import { asciiGlyphs, unicodeGlyphs } from './glyphs.ts';
import { probeLines } from './probe-lines.ts';
import { spokenProbe } from './spoken-probe.ts';
import { widthOf } from './width.ts';

/** Dos minutos: 20 s con un cuarto de errores y 5 s con todo caído. */
const long: ProbeResult = {
  ...outage,
  elapsed: 120_000,
  requests: 6000,
  succeeded: 5500,
  errors: { ...outage.errors, refused: 500, reset: 0 },
  longestGap: { start: 80_000, duration: 5000, errors: 250, isOpen: false },
  gaps: [
    { start: 40_000, duration: 20_000, errors: 250, isOpen: false },
    { start: 80_000, duration: 5000, errors: 250, isOpen: false },
  ],
  perSecond: {
    requests: Array<number>(120).fill(50),
    errors: Array.from({ length: 120 }, (_, second) => (second >= 40 && second < 60 ? 12.5 : second >= 80 && second < 85 ? 50 : 0)),
    slowest: Array<number>(120).fill(3),
  },
  marks: [
    { at: 40_000, text: 'nodo2 se queda sin luz' },
    { at: 80_000, text: 'se escala a 0' },
  ],
};

const draw = (result: ProbeResult, columns = 74, glyphs = unicodeGlyphs) => probeLines('matar un Pod', result, { columns, glyphs }).join('\n');

describe('el dibujo de una medida', () => {
  it('pone cada error en su tramo y cada marca debajo', () => {
    expect(draw(long)).toMatchInlineSnapshot(`
      "Sonda · matar un Pod: 50 peticiones por segundo durante 2 min 0 s
      0 s ····················▂▂▂▂▂▂▂▂▂▂··········██▄················· 2 min 0 s
                              1                   2
          1: 40,0 s, nodo2 se queda sin luz
          2: 1 min 20 s, se escala a 0
          · sin errores  ▂ falla hasta 1/4  ▄ hasta 1/2  ▆ hasta 3/4  █ más
      6000 peticiones, 500 con error (500 conexión rechazada); hueco más largo, 5,0 s
      Con éxito: p50 2,1 ms · p90 5,6 ms · p99 25,2 ms · p99,9 29,1 ms · máximo 29,2 ms
      Como 10,0 s caído. Gastado del presupuesto de un mes: al 99 %, 0,04 %; al 99,9 %, 0,39 %; al 99,99 %, 3,9 %; al 99,999 %, 39 %"
    `);
  });

  it('sin Unicode dice lo mismo con otros signos', () => {
    expect(draw(long, 60, asciiGlyphs)).toMatchInlineSnapshot(`
      "Sonda · matar un Pod: 50 peticiones por segundo durante 2 min 0 s
      0 s ...............--------.......+#+............. 2 min 0 s
                         1              2
          1: 40,0 s, nodo2 se queda sin luz
          2: 1 min 20 s, se escala a 0
          . sin errores  - falla hasta 1/4  + hasta 1/2  * hasta 3/4  # más
      6000 peticiones, 500 con error (500 conexión rechazada); hueco más largo, 5,0 s
      Con éxito: p50 2,1 ms · p90 5,6 ms · p99 25,2 ms · p99,9 29,1 ms · máximo 29,2 ms
      Como 10,0 s caído. Gastado del presupuesto de un mes: al 99 %, 0,04 %; al 99,9 %, 0,39 %; al 99,99 %, 3,9 %; al 99,999 %, 39 %"
    `);
  });

  it('una medida corta ocupa una columna por segundo', () => {
    expect(draw(outage)).toMatchInlineSnapshot(`
      "Sonda · matar un Pod: 50 peticiones por segundo durante 4,0 s
      0 s ··▆· 4,0 s
            1
          1: 2,0 s, muere web-1
          · sin errores  ▂ falla hasta 1/4  ▄ hasta 1/2  ▆ hasta 3/4  █ más
      200 peticiones, 33 con error (32 conexión rechazada, 1 conexión cortada); hueco más largo, 660 ms
      Con éxito: p50 2,1 ms · p90 5,6 ms · p99 25,2 ms · p99,9 29,1 ms · máximo 29,2 ms
      Como 0,7 s caído. Gastado del presupuesto de un mes: al 99 %, menos de 0,01 %; al 99,9 %, 0,03 %; al 99,99 %, 0,25 %; al 99,999 %, 2,5 %"
    `);
  });

  it('sin errores ni marcas no hay nada que dibujar', () => {
    expect(draw({ ...healthy, marks: [] })).toMatchInlineSnapshot(`
      "Sonda · matar un Pod: 50 peticiones por segundo durante 4,0 s
      200 peticiones, ninguna con error
      Con éxito: p50 2,1 ms · p90 5,6 ms · p99 25,2 ms · p99,9 29,1 ms · máximo 29,2 ms"
    `);
  });

  it.each([40, 60, 120])('la línea de tiempo cabe en %i columnas', (columns) => {
    const [, bars = ''] = probeLines('matar un Pod', long, { columns, glyphs: unicodeGlyphs });
    expect(widthOf(bars)).toBeLessThanOrEqual(columns);
    expect(bars.startsWith('0 s ')).toBe(true);
  });

  it('un solo error entre cincuenta mil se ve', () => {
    const one = { ...long, perSecond: { ...long.perSecond, errors: Array.from({ length: 120 }, (_, second) => (second === 60 ? 1 : 0)) } };
    expect(probeLines('x', one, { columns: 74, glyphs: unicodeGlyphs })[1]).toContain('▂');
  });
});

it('un lector de pantalla oye qué se hizo, cuándo falló y cuánto cuesta', () => {
  expect(spokenProbe('matar un Pod', long)).toMatchInlineSnapshot(`
    [
      "Sonda · matar un Pod: 50 peticiones por segundo durante 2 minutos",
      "Al cabo de 40 segundos: nodo2 se queda sin luz.",
      "Al cabo de 1 minuto y 20 segundos: se escala a 0.",
      "6000 peticiones, 500 con error (500 conexión rechazada); hueco más largo, 5,0 s",
      "Errores en los tramos de 40 segundos a 1 minuto; de 1 minuto y 20 segundos a 1 minuto y 25 segundos.",
      "Con éxito: p50 2,1 ms · p90 5,6 ms · p99 25,2 ms · p99,9 29,1 ms · máximo 29,2 ms",
      "Como 10,0 s caído. Gastado del presupuesto de un mes: al 99 %, 0,04 %; al 99,9 %, 0,39 %; al 99,99 %, 3,9 %; al 99,999 %, 39 %",
    ]
  `);
});
