import { expect, it } from 'vitest';
import { compareTraces, differenceText } from './differences.ts';
import type { Trace } from './trace.ts';

const trace = (lines: Record<string, string>, final: Record<string, string> = {}): Trace => ({
  scenario: 'orden',
  title: 'Orden',
  steps: [{ title: 'crear', lines }],
  final,
});

it('dos trazas iguales no tienen diferencias, y se cuentan todas sus líneas', () => {
  expect(compareTraces(trace({ a: '1', b: '2' }, { c: '3' }), trace({ b: '2', a: '1' }, { c: '3' }))).toEqual({ differences: [], total: 3 });
});

it('una diferencia nombra el escenario, el paso, el objeto y las dos versiones', () => {
  const { differences, total } = compareTraces(
    trace({ 'Pod web-0 · estado': 'Pending → Running', 'Pod web-1 · estado': 'Pending' }),
    trace({ 'Pod web-0 · estado': 'Running', 'Pod web-2 · estado': 'Pending' }),
  );
  expect(total).toBe(3);
  expect(differences.map(differenceText).join('\n')).toMatchInlineSnapshot(`
    "orden · paso «crear» · Pod web-0 · estado
      - Pending → Running
      + Running
    orden · paso «crear» · Pod web-1 · estado
      - Pending
      + (no sale)
    orden · paso «crear» · Pod web-2 · estado
      - (no sale)
      + Pending"
  `);
});
