import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { Published } from '../../../labs/fidelity/published.ts';
import { FidelitySummary } from './FidelitySummary.tsx';
import { KnownDifferences, NotCompared, Rejected, Resources } from './FidelityTables.tsx';

const data: Published = {
  kubernetes: 'v1.37.1',
  recordedAt: '2026-11-21T08:00:00.000Z',
  scenarios: { equal: 3, total: 4 },
  lines: { equal: 59_999, total: 60_000, withSeveralAnswers: 12 },
  random: { programs: { equal: 39, total: 40 }, lines: { equal: 1999, total: 2000 }, seeds: [1, 7], comparedAt: '2026-11-21T09:00:00.000Z' },
  differences: [{ where: 'cambio-inmutable', what: 'respuesta 1', why: 'El real lleva un volcado.', lines: 1 }],
  notCompared: [{ what: 'Pod · estado: «Running» por el camino', why: 'depende de la prisa' }],
  resources: ['/v1/Pod', 'apps/v1/Deployment'],
  rejected: [{ kind: 'Pod', fields: [{ names: ['spec.os', 'spec.tty'], why: 'no se modelan' }] }],
};

/** Lo que se lee, sin etiquetas de HTML. */
const textOf = (html: string): string =>
  html
    .replaceAll(/<[^>]*>/g, ' ')
    .replaceAll(/[\s\u00A0]+/g, ' ')
    .trim();

test('el resumen saca el porcentaje de las cuentas', () => {
  expect(textOf(renderToStaticMarkup(<FidelitySummary data={data} />))).toBe(
    'Líneas iguales 99,99 %: 59.999 de 60.000 Escenarios iguales de principio a fin 75 %: 3 de 4 Programas al azar iguales 97,5 %: 39 de 40, y 99,95 % de sus 2000 líneas Líneas con más de una respuesta buena 12: el clúster real contestó cosas distintas en distintas grabaciones, y vale cualquiera de ellas Grabado en Kubernetes 1.37.1, 21 de noviembre de 2026; los programas al azar, semillas 1 y 7, 21 de noviembre de 2026',
  );
});

test('cada diferencia declarada dice qué, dónde y por qué, con cabeceras de fila y de columna', () => {
  const html = renderToStaticMarkup(<KnownDifferences data={data} />);
  expect(textOf(html)).toBe('Qué Dónde se ve Por qué respuesta 1 cambio-inmutable El real lleva un volcado.');
  expect(html.match(/<th scope="(row|col)">/g)).toHaveLength(4);
  expect(textOf(renderToStaticMarkup(<KnownDifferences data={{ ...data, differences: [] }} />))).toBe('Hoy, ninguna.');
});

test('lo que no se compara, lo que se rechaza y lo que hay se leen enteros', () => {
  expect(textOf(renderToStaticMarkup(<NotCompared data={data} />))).toBe('Qué no se compara Por qué Pod · estado: «Running» por el camino depende de la prisa');
  expect(textOf(renderToStaticMarkup(<Rejected data={data} />))).toBe('Pod: 2 campos spec.os , spec.tty : no se modelan.');
  expect(textOf(renderToStaticMarkup(<Resources data={data} />))).toBe('v1/Pod apps/v1/Deployment');
});
