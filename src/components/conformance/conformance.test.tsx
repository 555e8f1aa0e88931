import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import { conformanceRun } from '../../../labs/conformance/testing/conformance-run.ts';
import { ConformanceSummary, ConformanceTable } from './ConformanceTable.tsx';
import { failsSomewhere, rowsOf } from './rows.ts';

const a = '[sig-apps] Deployment should A [Conformance]';
const b = '[sig-apps] Daemon set should B [Conformance] [Serial]';
const runs = {
  taller: conformanceRun({ [a]: true, [b]: true }, { target: 'taller', seconds: 346 }),
  maqueta: conformanceRun({ [a]: true, [b]: 'no hay <exec>' }),
};

/** Lo que se lee, sin etiquetas de HTML. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00A0]+/g, ' ')
    .trim();

test('cada prueba está en su fila, con lo que pasó en los dos sitios', () => {
  expect(rowsOf(runs).map(({ title, results }) => [title, results.taller?.passes, results.maqueta?.passes])).toEqual([
    ['Daemon set should B', true, false],
    ['Deployment should A', true, true],
  ]);
  const missing = { ...runs, maqueta: conformanceRun({ [a]: true }) };
  expect(
    rowsOf(missing)
      .filter(failsSomewhere)
      .map(({ title, results }) => [title, results.maqueta]),
  ).toEqual([['Daemon set should B', undefined]]);
});

test('el resumen dice cuántas, con qué batería y cuándo', () => {
  expect(textOf(renderToStaticMarkup(<ConformanceSummary runs={runs} />))).toBe(
    'Taller pasan 2 de 2, en 5 min 46 s. Batería de Kubernetes 1.37.1, 21 de noviembre de 2026. ' +
      'Maqueta pasan 1 de 2, en 1 min 30 s. Batería de Kubernetes 1.37.1, 21 de noviembre de 2026.',
  );
});

test('la tabla dice con palabras quién pasa, y al que no, por qué', () => {
  const html = renderToStaticMarkup(<ConformanceTable runs={runs} />);
  expect(textOf(html)).toBe(
    'Qué pruebas se ven Todas (2) Solo las que no pasan en algún sitio (1) Prueba Taller Maqueta ' +
      'Daemon set should B En la maqueta: no hay &lt;exec&gt; ✔ pasa, 1,5 s ✖ no pasa Deployment should A ✔ pasa, 1,5 s ✔ pasa, 1,5 s',
  );
  expect(html.match(/<th scope="row">/g)).toHaveLength(2);
  expect(html.match(/<th scope="col">/g)).toHaveLength(3);
});
