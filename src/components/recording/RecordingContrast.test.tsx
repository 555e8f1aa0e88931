import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { LabData } from '../../site-data/lab-data.ts';
import type { Recording } from '../../site-data/recording.ts';
import { RecordingContrast } from './RecordingContrast.tsx';

const ended = (stepId: string, took: number) =>
  ({ kind: 'stepEnded', at: took, lab: '04', stepId, title: stepId, result: 'ok', took, points: 1 }) as Recording['events'][number];
const real = {
  target: 'taller',
  isVirtual: false,
  recordedAt: '2026-11-21T09:00:00Z',
  versions: { kubernetes: 'v1.37.1' },
  events: [ended('suelto', 16_700), ended('imagen', 97_100)],
} as unknown as Recording;
const draw = (data: Partial<LabData>) => renderToStaticMarkup(<RecordingContrast lab="04" data={{ id: '04', ...data } as LabData} />).replaceAll('\u00a0', ' ');
const rows = (html: string) =>
  [...html.matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) => [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell));

it('cada paso con lo que tardó en cada sitio; lo que una grabación no tiene se dice', () => {
  const html = draw({ recording: real, maqueta: { recordedAt: '2026-11-20T09:00:00Z', took: { suelto: 16_000 } } });
  expect(rows(html)).toEqual([
    ['Paso', 'Kubernetes real', 'Maqueta'],
    ['<code>suelto</code>', '16,7 s', '16 s'],
    ['<code>imagen</code>', '1 min 37 s', 'no lo tiene'],
  ]);
  expect(html).toContain('Real, 21 de noviembre de 2026, Kubernetes v1.37.1; maqueta, 20 de noviembre de 2026, con su reloj virtual.');
});

it('sin una de las dos no hay nada que comparar, y se dice', () => {
  expect(draw({ recording: real, maqueta: null })).toContain('aún no está grabado');
  expect(draw({ recording: { ...real, isVirtual: true }, maqueta: null })).toContain('aún no está grabado');
});
