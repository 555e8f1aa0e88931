import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { runMonth } from '../../../labs/sonda/month.ts';
import { MonthSimulator } from './MonthSimulator.tsx';
import { choices, type FieldName, optionsFrom } from './month-fields.ts';
import { readMonth } from './read-month.ts';

const initial = (change: Partial<Record<FieldName, string>> = {}) =>
  optionsFrom((name) => change[name] ?? choices.find((choice) => choice.name === name)?.initial ?? '');
const said = (change: Partial<Record<FieldName, string>> = {}) =>
  Object.fromEntries(readMonth(runMonth(initial(change))).map(([label, text]) => [label, text.replaceAll('\u00a0', ' ')]));

describe('el mes de la página', () => {
  it('cada campo tiene su etiqueta y empieza con un valor que se puede simular', () => {
    const html = renderToStaticMarkup(<MonthSimulator />);
    const labels = [...html.matchAll(/<label for="([^"]+)">/g)].map(([, id]) => id);
    expect(labels).toHaveLength(choices.length);
    for (const id of labels) expect(html).toMatch(new RegExp(`<(input|select) id="${id}"`));
    expect(html).toContain('aria-live="polite"');
  });

  it('lo elegido llega a la simulación en sus unidades', () => {
    expect(initial({ failure: 'together' })).toEqual({
      seed: 14,
      days: 30,
      replicas: 2,
      needed: 1,
      mtbf: 24 * 3_600_000,
      mttr: 30 * 60_000,
      failure: 'node',
      placement: 'together',
    });
  });

  it('cuenta el mes con palabras: lo caído, los nueves y si la cuenta lo explica', () => {
    const month = said();
    expect(Object.keys(month)).toEqual(['Averías', 'Caído', 'Disponibilidad', 'Nueves', 'La cuenta, el servicio', 'La cuenta, cada réplica']);
    expect(month['La cuenta, el servicio']).toMatch(/^predice 18 min, entre 0 s y .*: dentro$/);
  });

  it('todas en un mismo nodo se caen juntas, y la cuenta no lo explica', () => {
    const month = said({ failure: 'together' });
    expect(month['La cuenta, el servicio']).toMatch(/: fuera$/);
    expect(month['Nueves']).toBe('no llega al 99 %');
  });

  it('lo que no se puede simular se dice con una frase', () => {
    expect(() => said({ needed: '3' })).toThrow('No se pueden necesitar 3 de 2 réplicas.');
  });
});
