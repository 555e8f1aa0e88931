import { expect, it } from 'vitest';
import { drawTable } from './table.ts';

it('enseña mediana, margen, meta y si se cumple', () => {
  const samples = { median: 1234.5, least: 990, most: 2000, count: 5 };
  const table = drawTable([
    { id: 'a', title: 'laboratorio', unit: 'ms', samples, goal: 3000, against: { title: 'node -e 0', median: 41 } },
    { id: 'b', title: 'memoria', unit: 'MB', samples: { median: 512.34, least: 500, most: 520, count: 3 }, goal: 500 },
    { id: 'c', title: 'mes', unit: 'ms', samples, goal: 3000, claims: [{ title: 'misma semilla, mismo resultado', holds: false }] },
    { id: 'd', title: 'página', unit: 'kB', samples: { median: 210, least: 210, most: 210, count: 1 } },
    { id: 'e', title: 'sitio', reason: 'no hay build/' },
  ]);
  expect(table).toMatchInlineSnapshot(`
    "medida        mediana   mín–máx           veces   meta       ¿se cumple?   comparación
    laboratorio   1,23 s    990 ms – 2 s      5       ≤ 3 s      sí            30,1 × node -e 0 (41 ms)
    memoria       512 MB    500 MB – 520 MB   3       ≤ 500 MB   no
    mes           1,23 s    990 ms – 2 s      5       ≤ 3 s      no            NO: misma semilla, mismo resultado
    página        210 kB    210 kB – 210 kB   1       —          —
    sitio         —         —                 —       —          sin medir     no hay build/"
  `);
});
