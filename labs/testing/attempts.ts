import type { Attempt } from '../progress/progress.ts';

/** Un intento con todo hecho, y lo que cada prueba cambie. */
export const attemptFor = (change: Partial<Attempt> = {}): Attempt => ({
  kind: 'attempt',
  at: '2026-11-20T12:00:00.000Z',
  lab: '04',
  mode: 'demo',
  outcome: 'done',
  targetId: 'maqueta',
  isVirtual: true,
  seed: 1,
  serverVersion: 'v1.37.1',
  namespace: 'lab-04-maqueta',
  content: 'abc',
  passed: 1,
  total: 1,
  points: 2,
  maxPoints: 2,
  took: 1500,
  steps: [{ id: 'uno', title: 'Uno & «dos»', result: 'ok', took: 1500, points: 2 }],
  ...change,
});
