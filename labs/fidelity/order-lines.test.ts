import { expect, it } from 'vitest';
import { createNames } from './names.ts';
import type { Seen } from './observe.ts';
import { orderLines } from './order-lines.ts';

const pod = (type: Seen['type'], name: string, { isReady = false, isLeaving = false } = {}): Seen => ({
  step: 0,
  type,
  kind: 'Pod',
  object: {
    metadata: { name, uid: name, ...(isLeaving ? { deletionTimestamp: 'ya' } : {}) },
    status: { conditions: isReady ? [{ type: 'Ready', status: 'True' }] : [] },
  },
});
const ready = (name: string) => pod('MODIFIED', name, { isReady: true });
const lines = (log: Seen[]) =>
  orderLines(log, createNames(log, { namespace: 'x', nodes: [], roles: {}, storageClass: '', provisioner: '' }), [
    { kind: 'Pod', milestones: ['creado', 'listo', 'borrándose', 'borrado'] },
  ])[0];

it('de uno en uno y a la vez no se escriben igual', () => {
  expect(lines([pod('ADDED', 'web-0'), ready('web-0'), pod('ADDED', 'web-1'), ready('web-1')])).toEqual({
    'orden de Pod': 'creado web-0 → listo web-0 → creado web-1 → listo web-1',
  });
  expect(lines([pod('ADDED', 'web-0'), pod('ADDED', 'web-1'), ready('web-0'), ready('web-1')])).toEqual({
    'orden de Pod': 'creado web-0, web-1 → listo web-0, web-1',
  });
});

it('entre hitos iguales y seguidos el orden no cuenta', () => {
  const log = [pod('ADDED', 'web-0'), pod('ADDED', 'web-1'), ready('web-1'), ready('web-0')];
  expect(lines(log)).toEqual(lines([...log.slice(1, 2), ...log.slice(0, 1), ...log.slice(3), ...log.slice(2, 3)]));
});

it('cada hito se cuenta una vez, aunque el objeto cambie más veces', () => {
  expect(
    lines([pod('ADDED', 'web-0'), ready('web-0'), ready('web-0'), pod('MODIFIED', 'web-0', { isLeaving: true }), pod('DELETED', 'web-0', { isLeaving: true })]),
  ).toEqual({
    'orden de Pod': 'creado web-0 → listo web-0 → borrándose web-0 → borrado web-0',
  });
});
