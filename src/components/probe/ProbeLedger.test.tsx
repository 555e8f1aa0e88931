import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../../../labs/engine/probe-result.ts';
import { healthy, outage } from '../../../labs/testing/probe-results.ts';
import type { LabData } from '../../site-data/lab-data.ts';
import { NinesTable } from './NinesTable.tsx';
import { ProbeLedger } from './ProbeLedger.tsx';

const rows = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replaceAll('\u00a0', ' ').replace(/<[^>]+>/g, '')),
  );
const measured = (title: string, result: ProbeResult) => ({ at: 0, kind: 'stepMeasured', lab: '14', stepId: 'muerte', title, result });
const data = (...events: object[]) =>
  ({
    id: '14',
    recording: { lab: '14', events, versions: { kubernetes: 'v1.37.1', node: 'v24' }, recordedAt: '2026-11-21T09:00:00Z', targetTitle: 'taller' },
  }) as unknown as LabData;

describe('las cuentas de la sonda', () => {
  it('una fila por medida, con lo que gasta de un mes al 99 %, al 99,9 %, al 99,99 % y al 99,999 %', () => {
    expect(rows(renderToStaticMarkup(<ProbeLedger data={data(measured('con una', outage), measured('con tres', healthy))} />))).toEqual([
      ['Medida', 'Con error', 'Hueco más largo', 'MTTR', 'p50', 'p99', 'Del mes al 99 %', 'Del mes al 99,9 %', 'Del mes al 99,99 %', 'Del mes al 99,999 %'],
      ['muerte: con una', '33 de 200', '660 ms', '0,7 s', '2,1 ms', '25,2 ms', '0,0025 %', '0,025 %', '0,25 %', '2,5 %'],
      ['muerte: con tres', '0 de 200', 'ninguno', '—', '2,1 ms', '25,2 ms', '0 %', '0 %', '0 %', '0 %'],
    ]);
  });

  it('sin ninguna medida lo dice a quien construye, y sin grabación no inventa una tabla', () => {
    expect(() => renderToStaticMarkup(<ProbeLedger data={data()} />)).toThrow('<CuentasDeSonda>: en el laboratorio 14 no hay ninguna medida');
    expect(renderToStaticMarkup(<ProbeLedger data={{ ...data(), recording: undefined } as unknown as LabData} />)).not.toContain('<table');
  });
});

it('la tabla de los nueves es la corregida: el 99,99 % son 52 minutos y medio al año, y no veinte', () => {
  expect(rows(renderToStaticMarkup(<NinesTable />))).toEqual([
    ['Objetivo', 'Año de 365 días', 'Mes de 30 días', 'Semana'],
    ['99 %', '3 d 15 h 36 min', '7 h 12 min', '1 h 40 min 48 s'],
    ['99,9 %', '8 h 45 min 36 s', '43 min 12 s', '10 min 4,8 s'],
    ['99,99 %', '52 min 33,6 s', '4 min 19,2 s', '1 min 0,48 s'],
    ['99,999 %', '5 min 15,36 s', '25,92 s', '6,05 s'],
  ]);
});
