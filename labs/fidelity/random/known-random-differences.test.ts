import { expect, it } from 'vitest';
import { isKnownAtRandom } from './known-random-differences.ts';

const difference = (line: string, expected: string, found = 'otra cosa') => ({ scenario: 'x', step: '1. adoptar', line, expected, found });

it('se acepta que el kubelet llegara a arrancar al adoptado y borrado, y nada más de ese Pod ni de otro', () => {
  expect(isKnownAtRandom(difference('Pod suelto · fase', '×1 Succeeded'))).toBe(true);
  expect(isKnownAtRandom(difference('Pod suelto · sucesos de kubelet', 'Normal Created [spec.containers{app}] «Container created»'))).toBe(true);
  expect(isKnownAtRandom(difference('Pod suelto · fase', '×1 Running'))).toBe(false);
  expect(isKnownAtRandom(difference('Pod suelto · dueño', '×1 ReplicaSet web'))).toBe(false);
  expect(isKnownAtRandom(difference('Pod web-0 · fase', '×1 Succeeded'))).toBe(false);
});

it('se acepta que Progressing se quedara en NewReplicaSetCreated, y nada más de ese Deployment', () => {
  const created = '×1 True (NewReplicaSetCreated: Created new replica set "web-<plantilla 2>")';
  const updated = '×1 True (ReplicaSetUpdated: ReplicaSet "web-<plantilla 2>" is progressing.)';
  expect(isKnownAtRandom(difference('Deployment web · condición Progressing', created, updated))).toBe(true);
  expect(isKnownAtRandom(difference('Deployment web · condición Progressing', created))).toBe(false);
  expect(isKnownAtRandom(difference('Deployment web · condición Progressing', '×1 False (ProgressDeadlineExceeded: …)', updated))).toBe(false);
  expect(isKnownAtRandom(difference('Deployment web · condición Available', created, updated))).toBe(false);
});
