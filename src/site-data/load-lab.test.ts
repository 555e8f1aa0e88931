import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { LabDefinition } from '../../labs/lab.ts';
import { readRecordings } from './load-lab.ts';

const lab = { id: '04', steps: [{ id: 'suelto', title: 'No vuelve' }] } as unknown as LabDefinition;
let root = '';
const warn = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'sitio-'));
  mkdirSync(join(root, 'labs/04-x/recordings'), { recursive: true });
  warn.mockClear();
});
afterEach(() => rmSync(root, { recursive: true }));

const record = (place: 'maqueta' | 'taller', title = 'No vuelve') =>
  writeFileSync(
    join(root, `labs/04-x/recordings/${place}.json`),
    JSON.stringify({ target: place, recordedAt: '2026-11-21', events: [{ kind: 'stepEnded', stepId: 'suelto', title, took: 16_000 }] }),
  );
const read = () => {
  const { recording, maqueta } = readRecordings(root, '04-x', lab);
  return { shown: recording?.target, maqueta };
};

it('con las dos, la página enseña la del taller y lleva de la maqueta solo los tiempos', () => {
  record('maqueta');
  record('taller');
  expect(read()).toEqual({ shown: 'taller', maqueta: { recordedAt: '2026-11-21', took: { suelto: 16_000 } } });
  expect(warn).not.toHaveBeenCalled();
});

it('con una sola, esa; sin ninguna, nada', () => {
  expect(read()).toEqual({ shown: undefined, maqueta: null });
  record('taller');
  expect(read()).toEqual({ shown: 'taller', maqueta: null });
});

it('si el laboratorio ha cambiado y solo se ha vuelto a grabar en la maqueta, enseña esa y lo avisa', () => {
  record('maqueta');
  record('taller', 'Sí vuelve');
  expect(read()).toEqual({ shown: 'maqueta', maqueta: null });
  expect(warn).toHaveBeenCalledExactlyOnceWith(
    'La página del laboratorio 04 enseña la grabación de la maqueta. La del taller no es de hoy: el paso «suelto» se titula «Sí vuelve» y hoy es «No vuelve». Prueba:  npm run grabar 04 taller',
  );
});

it('una de la maqueta que ya no es de hoy detiene la construcción: esa la puede repetir cualquiera', () => {
  record('maqueta', 'Sí vuelve');
  record('taller');
  expect(read).toThrow(
    'la grabación labs/04-x/recordings/maqueta.json no es de hoy: el paso «suelto» se titula «Sí vuelve» y hoy es «No vuelve». Vuelve a grabar: npm run grabar 04 maqueta',
  );
});
