import { expect, it } from 'vitest';
import { compareTraces } from '../differences.ts';
import { soften } from './soften.ts';

const trace = (lines: Record<string, string>) => ({ scenario: 'x', title: 'x', steps: [{ title: 'crear', lines }], final: { tabla: 'a' } });
const soft = (lines: Record<string, string>) => soften(trace(lines)).steps[0]?.lines;

it.each([
  ['de un camino queda el final', 'Pod web · estado', 'Pending → Running → Terminating', '×1 Terminating'],
  ['de un número, dónde acaba', 'Deployment web · status.replicas', '2→3 (sube a 4)', '×1 3'],
  ['historias distintas que acaban igual se cuentan juntas', 'Pod web-<sufijo> · estado', '×2 a → b ; ×1 c → b ; ×1 d', '×3 b ; ×1 d'],
  ['los sucesos, cuáles y no cuántos', 'Pod web · sucesos de kubelet', '×2 A ×3 → B ; ×1 A', 'A ; B'],
  ['lo que contestó la API, entero', 'respuesta 1 · borrar Pod web', '404 NotFound: a → b', '404 NotFound: a → b'],
])('%s', (_title, line, value, expected) => {
  expect(soft({ [line]: value })).toEqual({ [line]: expected });
});

it('lo que solo depende de quién mira antes no está', () => {
  expect(soft({ 'Pod web · condición PodReadyToStartContainers': 'True', 'Deployment web · status.observedGeneration': '1→2' })).toEqual({});
});

it('que una revisión renazca no se mira; la primera vida, sí', () => {
  const first = { 'ControllerRevision web-<revisión 1> · vida': '×1 borrado' };
  expect(soft({ ...first, 'ControllerRevision web-<revisión 1> (2.º con ese nombre) · vida': '×1 borrado' })).toEqual(first);
  const pod = { 'Pod web-0 (2.º con ese nombre) · estado': '×1 Running y listo' };
  expect(soft(pod)).toEqual(pod);
});

it('un final distinto sigue siendo una diferencia', () => {
  const lines = (value: string) => soften(trace({ 'Pod web · estado': value }));
  expect(compareTraces(lines('a → b'), lines('c → b')).differences).toEqual([]);
  expect(compareTraces(lines('a → b'), lines('a → c')).differences).toHaveLength(1);
});
