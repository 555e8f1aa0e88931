import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import type { ContrastRecording, Run } from '../../../labs/sonda/contrast/recording.ts';
import { ContrastTable } from './ContrastTable.tsx';

const run = (p50: number, p90: number, p99: number, errors = 60): Run => ({
  reading: { requests: 600, errors, unavailable: errors, p50, p90, p99, max: p99 + 9 },
  served: { requests: 600, errors },
});
const data: ContrastRecording = {
  recordedAt: '2026-11-21T09:00:00Z',
  target: 'taller (Kubernetes v1.37.1 real, 3 nodos)',
  kubernetes: 'v1.37.1',
  tool: 'fortio 1.68.0',
  repeated: 1,
  faults: [
    { probe: run(12, 62, 203), tool: run(11, 61, 202) },
    { probe: run(14, 70, 207, 61), tool: run(12, 61, 205) },
    { probe: run(13, 63, 204), tool: run(11, 63, 202) },
  ],
  pause: { probe: run(2, 1290, 1945), open: run(3, 1300, 1950), closed: run(2, 4, 20) },
};
const rows = (servicio: 'fallos' | 'parada') =>
  [...renderToStaticMarkup(<ContrastTable servicio={servicio} data={data} />).matchAll(/<tr>(.*?)<\/tr>/g)].map(([, row = '']) =>
    [...row.matchAll(/<t[hd][^>]*>(.*?)<\/t[hd]>/g)].map(([, cell = '']) => cell.replaceAll('\u00a0', ' ')),
  );

describe('la tabla del contraste', () => {
  it('con fallos: medianas, su diferencia, lo que se admite y lo que se vio moverse', () => {
    expect(rows('fallos')).toEqual([
      ['', 'A propósito', 'Sonda', 'fortio', 'Diferencia', 'Se admite', 'Peor pareja', 'Vaivén de fortio'],
      ['p50', '10 ms', '13 ms', '11 ms', '2 ms', '10 ms', '2 ms', '1 ms'],
      ['p90', '60 ms', '63 ms', '61 ms', '2 ms', '10 ms', '9 ms', '2 ms'],
      ['p99', '200 ms', '204 ms', '202 ms', '2 ms', '20,4 ms', '2 ms', '3 ms'],
    ]);
  });

  it('con la parada: la misma herramienta con conexiones de sobra y con una', () => {
    expect(rows('parada')).toEqual([
      ['', 'Por la cuenta', 'Sonda', 'fortio, 120 conexiones', 'Diferencia', 'Se admite', 'fortio, 1 conexión'],
      ['p50', '0 ms', '2 ms', '3 ms', '1 ms', '10 ms', '2 ms'],
      ['p90', '1280 ms', '1290 ms', '1300 ms', '10 ms', '130 ms', '4 ms'],
      ['p99', '1940 ms', '1945 ms', '1950 ms', '5 ms', '195 ms', '20 ms'],
    ]);
  });

  it('dice de cuántas medidas, con qué errores, dónde y cuándo', () => {
    const caption = /<figcaption[^>]*>(.*?)<\/figcaption>/.exec(renderToStaticMarkup(<ContrastTable servicio="fallos" data={data} />))?.[1];
    expect(caption).toBe(
      'Medianas de 3 medidas de cada una. Con error: la sonda, 60 de 600; fortio, 60 de 600; en cada medida, los que el servidor contó que daba. 1 se repitió porque la máquina no les dio turno a tiempo. Medido en taller (Kubernetes v1.37.1 real, 3 nodos) con fortio 1.68.0, 21 de noviembre de 2026.',
    );
  });
});
