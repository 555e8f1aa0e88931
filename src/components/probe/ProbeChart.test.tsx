import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../labs/engine/probe-result.ts';
import { healthy, justStarted, outage } from '../../../labs/testing/probe-results.ts';
import { ProbeChart } from './ProbeChart.tsx';

const draw = (result: ProbeResult) => renderToStaticMarkup(<ProbeChart title="Matar un servidor" result={result} />).replaceAll(/\u00a0/g, ' ');
const all = (html: string, pattern: RegExp) => [...html.matchAll(pattern)].map((match) => match[1]);

describe('la gráfica de la sonda', () => {
  const html = draw(outage);

  it('cada dibujo lleva su título y su descripción, enlazados', () => {
    expect(all(html, /<title id="[^"]+">([^<]*)</g)).toEqual([
      'Peticiones con error, cada segundo (arriba del todo: todas)',
      'La respuesta más lenta, cada segundo (arriba del todo: 50 ms)',
    ]);
    expect(all(html, /<desc id="[^"]+">([^<]*)</g)).toEqual([
      '200 peticiones, 33 con error (32 conexión rechazada, 1 conexión cortada); hueco más largo, 660 ms. A los 2 s, muere web-1.',
      'La más lenta de todas, 29,4 ms. A los 2 s, muere web-1.',
    ]);
    for (const [, title, description] of html.matchAll(/role="img" aria-labelledby="([^"]+)" aria-describedby="([^"]+)"/g)) {
      expect(html).toContain(`<title id="${title}">`);
      expect(html).toContain(`<desc id="${description}">`);
    }
    expect(new Set(all(html, / id="([^"]+)"/g)).size).toBe(4);
  });

  it('dibuja los errores donde los hubo, con el alto de la parte que falló', () => {
    const [errors = ''] = all(html, /(<svg class="[^"]*errorBand.*?<\/svg>)/g);
    // 33 de 50 en el tercero de cuatro segundos.
    expect(all(errors, /<rect ([^>]*)>/g)).toEqual(['x="500" y="34" width="215" height="66"']);
    expect(all(errors, /<line x1="([\d.]+)"/g)).toEqual(['500']);
  });

  it('un solo error entre muchos también se ve', () => {
    const one = draw({ ...healthy, succeeded: 199, errors: { ...healthy.errors, reset: 1 }, perSecond: { ...healthy.perSecond, errors: [0, 1, 0, 0] } });
    expect(all(one, /errorBand.*?<rect [^>]*height="([\d.]+)"/g)).toEqual(['4']);
  });

  it('la tabla dice lo mismo, segundo a segundo', () => {
    expect(
      all(html, /<tr>(.*?)<\/tr>/g).map((row = '') =>
        row
          .replace(/<[^>]+>/g, ' ')
          .trim()
          .split(/ {2,}/),
      ),
    ).toEqual([
      ['Segundo', 'Peticiones', 'Con error', 'La más lenta'],
      ['0', '50', '0', '29,2 ms'],
      ['1', '50', '0', '7,1 ms'],
      ['2', '50', '33', '29,4 ms'],
      ['3', '50', '0', '25,1 ms'],
    ]);
  });

  it('dice en cifras lo medido, y lo que gasta del presupuesto', () => {
    expect(all(html, /<dd>([^<]*)<\/dd>/g)).toEqual([
      '200',
      '33 (32 conexión rechazada, 1 conexión cortada)',
      '660 ms',
      'p50 1,9 ms · p90 5,3 ms · p99 25,2 ms · máximo 29,4 ms',
      'p50 1 ms · p99 15,1 ms',
      'como 0,7 s de caída: al 99,9 %, gasta el 0,025 %; al 99,99 %, gasta el 0,25 %',
    ]);
  });

  it('sin errores lo dice con palabras, y no habla de presupuesto', () => {
    const fine = draw(healthy);
    expect(all(fine, /<dd>([^<]*)<\/dd>/g).slice(1, 3)).toEqual(['ninguna', 'ninguno']);
    expect(fine).not.toContain('Presupuesto');
    expect(all(fine, /errorBand.*?(<rect|<\/svg>)/g)).toEqual(['</svg>']);
  });

  it('un hueco que seguía al acabar se dice', () => {
    expect(draw({ ...outage, longestGap: { start: 2020, duration: 1980, errors: 99, isOpen: true } })).toContain('2 s, y al acabar seguía');
  });

  it('una medida sin nada todavía no rompe la página ni dibuja números que no son', () => {
    expect(draw(justStarted)).not.toMatch(/NaN|Infinity|undefined/);
  });
});
