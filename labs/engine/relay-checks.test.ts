import { expect, test } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import type { KubeObject } from './ports.ts';
import { type Beat, beatsOf, gapFirst, relayed, surgeFirst, type Turn, tellRelay } from './relay-checks.ts';

const pod = (name: string, more: { isReady?: boolean; phase?: string; isLeaving?: boolean; node?: string } = {}): KubeObject => {
  const made = podNamed(name, { isReady: more.isReady ?? false, phase: more.phase ?? 'Running' });
  const affinity = {
    nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{ matchFields: [{ key: 'metadata.name', values: ['nodo1'] }] }] } },
  };
  return {
    ...made,
    metadata: { ...made.metadata, ...(more.isLeaving ? { deletionTimestamp: '2026-11-20T09:00:05Z' } : {}) },
    spec: more.node ? { nodeName: more.node } : { affinity },
  };
};

test('de un watch salen los pasos del relevo; el que aún no tiene nodo cuenta en aquel para el que nació', () => {
  const old = pod('a', { node: 'nodo1', isReady: true });
  const events = [
    { type: 'added' as const, object: pod('b', { phase: 'Pending' }), at: 0 },
    { type: 'modified' as const, object: pod('b', { node: 'nodo1', isReady: true }), at: 1200 },
    { type: 'modified' as const, object: pod('a', { node: 'nodo1', isReady: true, isLeaving: true }), at: 1300 },
    { type: 'modified' as const, object: pod('a', { node: 'nodo1', phase: 'Succeeded', isLeaving: true }), at: 1800 },
    { type: 'deleted' as const, object: pod('a', { node: 'nodo1', phase: 'Succeeded', isLeaving: true }), at: 1900 },
  ];
  const beats = beatsOf(events, [old]);
  expect(relayed(['nodo1'], surgeFirst).test(beats)).toEqual({ ok: true });
  expect(tellRelay(beats, 'nodo1')).toBe('nodo1: nuevo nace 0,0 s · nuevo listo 1,2 s · viejo se va 1,3 s · viejo acaba 1,8 s');
});

const beats = (node: string, turns: readonly Turn[]): Beat[] => turns.map((turn) => ({ node, turn, at: 0 }));

test('los relevos de cada nodo pueden solaparse solo cuando el nuevo ya está listo', () => {
  const [born, ready, leaves, ends] = beats('nodo1', surgeFirst) as [Beat, Beat, Beat, Beat];
  const second = beats('nodo2', surgeFirst);
  expect(relayed(['nodo1', 'nodo2'], surgeFirst).test([born, ready, second[0] as Beat, leaves, ends, ...second.slice(1)])).toEqual({ ok: true });
  expect(relayed(['nodo1', 'nodo2'], surgeFirst).test([born, ...second])).toEqual({
    ok: false,
    mismatch: { path: 'relevo en nodo2', expected: 'que acabe antes el relevo de nodo1', found: 'nuevo nace' },
    cannotHeal: 'en nodo2, «nuevo nace» fuera de turno',
  });
});

test('irse antes de que llegue el nuevo no vale si se pedía al revés, y falta lo que falta', () => {
  expect(relayed(['nodo1'], surgeFirst).test(beats('nodo1', gapFirst))).toEqual({
    ok: false,
    mismatch: { path: 'relevo en nodo1', expected: 'nuevo nace', found: 'viejo se va' },
    cannotHeal: 'en nodo1, «viejo se va» fuera de turno',
  });
  expect(relayed(['nodo1', 'nodo2'], gapFirst).test(beats('nodo1', gapFirst))).toEqual({
    ok: false,
    mismatch: { path: 'relevo en nodo2', expected: 'viejo se va', found: 'nada todavía' },
  });
  expect(relayed(['nodo1'], gapFirst).test([...beats('nodo1', gapFirst), ...beats('nodo3', ['nuevo nace'])])).toMatchObject({
    mismatch: { path: 'relevo en nodo3', expected: 'nada: ese nodo no cuenta', found: 'nuevo nace' },
  });
});
