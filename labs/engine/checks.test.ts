import { expect, test } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import type { Check, CheckResult } from './check.ts';
import { absent, allOf, endpointsAre, eventMatches, exists, hasFields, isReady, not, otherUid, podCount, readyPods, replicasReady, sameUid } from './checks.ts';
import type { KubeObject } from './ports.ts';
import { goneInOrder, neverFewerReady, readyInOrder } from './timeline-checks.ts';

const a = podNamed('web-0', { uid: 'a', isReady: true });
const b = podNamed('web-0', { uid: 'b', isReady: true });
const leaving = { ...a, metadata: { ...a.metadata, deletionTimestamp: '2026-11-20T09:01:00Z' } };
const ended = (kind: string): KubeObject => ({
  ...a,
  metadata: { ...a.metadata, ownerReferences: [{ apiVersion: 'apps/v1', kind, name: 'web', uid: 'dueño', controller: true }] },
  status: { phase: 'Failed' },
});
const set = (status: object, generation = 2): KubeObject => ({
  ...a,
  apiVersion: 'apps/v1',
  kind: 'StatefulSet',
  metadata: { ...a.metadata, generation },
  status,
});
const current = { observedGeneration: 2, updatedReplicas: 3, readyReplicas: 3 };
const slice = (...addresses: string[]) => ({
  ...a,
  kind: 'EndpointSlice',
  endpoints: addresses.map((address) => ({ addresses: [address], conditions: { ready: address !== '10.0.0.9' } })),
});
const event = (reason: string, message: string): KubeObject => ({ ...a, kind: 'Event', reason, message });

const verdict = (result: CheckResult) => (result.ok ? 'pasa' : `${result.mismatch.path}: ${result.mismatch.found}${result.cannotHeal ? ' (no sana)' : ''}`);

/** Cada comprobación, con algo que pasa y algo que no: una que no puede fallar es un defecto. */
const cases: [string, Check<never, unknown>, unknown, string][] = [
  ['exists', exists(), a, 'pasa'],
  ['exists sin objeto', exists(), undefined, 'metadata.name: nada todavía'],
  ['absent', absent(), undefined, 'pasa'],
  ['absent con uno que se va', absent(), leaving, 'metadata.name: web-0, que aún se está yendo'],
  ['isReady', isReady(), a, 'pasa'],
  ['isReady de uno que se va', isReady(), leaving, 'status.conditions[Ready]: Terminating'],
  ['isReady sin sonda aún', isReady(), podNamed('x'), 'status.conditions[Ready]: Running, sin pasar su sonda'],
  ['isReady de uno terminado', isReady(), podNamed('x', { phase: 'Succeeded' }), 'status.conditions[Ready]: Succeeded (no sana)'],
  // Kubernetes de verdad lo pasa por Succeeded o Failed justo antes de quitarlo de la API.
  ['readyPods con uno que ha acabado al irse', readyPods(2), [a, { ...leaving, status: { phase: 'Succeeded' } }], 'Pods Ready: 1; web-0 Terminating'],
  ['isReady de uno que ha acabado al irse', isReady(), { ...leaving, status: { phase: 'Failed' } }, 'status.conditions[Ready]: Terminating'],
  ['readyPods con uno desalojado que su dueño repone', readyPods(2), [a, ended('ReplicaSet')], 'Pods Ready: 1; web-0 Failed'],
  ['readyPods con uno terminado de una tarea', readyPods(1), [ended('Job')], 'Pods Ready: 0; web-0 Failed (no sana)'],
  ['podCount', podCount(1), [leaving], 'pasa'],
  ['podCount con uno de más', podCount(1), [a, b], 'Pods: 2: web-0, web-0'],
  ['readyPods', readyPods(1), [a, leaving], 'pasa'],
  ['readyPods sin bastantes', readyPods(2), [a, leaving], 'Pods Ready: 1; web-0 Terminating'],
  ['replicasReady', replicasReady(3), set(current), 'pasa'],
  ['replicasReady con estado atrasado', replicasReady(3), set({ ...current, observedGeneration: 1 }), 'status.observedGeneration: 1'],
  ['replicasReady sin actualizar', replicasReady(3), set({ ...current, updatedReplicas: 1 }), 'status.updatedReplicas: 1'],
  [
    'replicasReady de un DaemonSet',
    replicasReady(3),
    { ...set({ observedGeneration: 2, updatedNumberScheduled: 3, numberReady: 2 }), kind: 'DaemonSet' },
    'status.numberReady: 2',
  ],
  ['replicasReady de un ReplicaSet', replicasReady(2), { ...set({ observedGeneration: 2, readyReplicas: 2 }), kind: 'ReplicaSet' }, 'pasa'],
  ['hasFields', hasFields({ status: { phase: 'Running' } }), a, 'pasa'],
  ['hasFields distinto', hasFields({ status: { phase: 'Pending' } }), a, 'status.phase: Running'],
  ['sameUid', sameUid(a), a, 'pasa'],
  ['sameUid de otro con su nombre', sameUid(a), b, 'metadata.uid: b'],
  ['sameUid de algo que no había', sameUid(undefined), b, 'metadata.uid: b'],
  ['otherUid', otherUid(a), b, 'pasa'],
  ['otherUid del mismo', otherUid(a), a, 'metadata.uid: a'],
  ['otherUid sin objeto aún', otherUid(a), undefined, 'metadata.uid: ningún objeto'],
  ['otherUid en una lista', otherUid(a), [b], 'pasa'],
  ['otherUid en una lista donde sigue', otherUid(a), [b, a], 'metadata.uid: b, a'],
  ['endpointsAre', endpointsAre(['10.0.0.2', '10.0.0.1']), [slice('10.0.0.1'), slice('10.0.0.2', '10.0.0.9')], 'pasa'],
  ['endpointsAre con una de menos', endpointsAre(['10.0.0.2', '10.0.0.1']), [slice('10.0.0.1')], 'endpoints: 10.0.0.1'],
  ['eventMatches', eventMatches('FailedScheduling', 'memory'), [event('FailedScheduling', '0/4: 3 Insufficient memory')], 'pasa'],
  [
    'eventMatches con otro texto',
    eventMatches('FailedScheduling', 'cpu'),
    [event('FailedScheduling', '0/4: 3 Insufficient memory')],
    'sucesos: FailedScheduling: 0/4: 3 Insufficient memory',
  ],
  ['allOf', allOf(podCount(1), readyPods(1)), [a], 'pasa'],
  ['allOf con la segunda rota', allOf(podCount(1), readyPods(1)), [leaving], 'Pods Ready: 0; web-0 Terminating'],
  ['not', not(podCount(2)), [a], 'pasa'],
  ['not de algo cierto', not(podCount(1)), [a], '1 Pod: se cumple'],
];

test.each(cases)('%s', (_, check, value, expected) => {
  expect(verdict(check.test(value as never))).toBe(expected);
});

const ready = (name: string) => ({ type: 'modified' as const, object: podNamed(name, { isReady: true }), at: 0 });
const gone = (name: string) => ({ type: 'deleted' as const, object: podNamed(name), at: 0 });

test.each([
  ['en orden', [ready('web-0'), ready('web-0'), ready('web-1')], 'pasa'],
  ['a medias', [ready('web-0')], 'orden en que quedan Ready: web-0'],
  ['con un turno saltado', [ready('web-1')], 'orden en que quedan Ready: web-1 (no sana)'],
])('readyInOrder %s', (_, events, expected) => {
  expect(verdict(readyInOrder('web-0', 'web-1').test(events))).toBe(expected);
});

test.each([
  ['en orden', [gone('web-1'), gone('web-0')], 'pasa'],
  ['al revés', [gone('web-0'), gone('web-1')], 'orden en que desaparecen: web-0, web-1 (no sana)'],
])('goneInOrder %s', (_, events, expected) => {
  expect(verdict(goneInOrder('web-1', 'web-0').test(events))).toBe(expected);
});

test('neverFewerReady recuerda el peor momento aunque luego se arregle', () => {
  const before = [podNamed('web-0', { isReady: true }), podNamed('web-1', { isReady: true })];
  expect(verdict(neverFewerReady(2, before).test([ready('web-2'), gone('web-0')]))).toBe('pasa');
  expect(verdict(neverFewerReady(2, before).test([gone('web-0'), ready('web-2')]))).toBe('Pods Ready a la vez, como poco: 1 (no sana)');
});

test('el desajuste nombra el objeto', () => {
  expect(replicasReady(3).test(set({ ...current, readyReplicas: 1 }))).toEqual({
    ok: false,
    mismatch: { object: 'StatefulSet apps/v1 · lab-04-prueba/web-0', path: 'status.readyReplicas', expected: '3', found: '1' },
  });
});
