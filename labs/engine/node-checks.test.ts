import { expect, test } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import type { CheckResult } from './check.ts';
import { nodeLost, nodeReady } from './node-checks.ts';

const node = (status?: string, reason?: string) => ({
  ...podNamed('nodo1'),
  kind: 'Node',
  status: status
    ? {
        conditions: [
          { type: 'DiskPressure', status: 'False' },
          { type: 'Ready', status, ...(reason ? { reason } : {}) },
        ],
      }
    : {},
});
const verdict = (result: CheckResult) => (result.ok ? 'pasa' : result.mismatch.found);

test.each([
  [node('True', 'KubeletReady'), 'pasa', 'True (KubeletReady)'],
  [node('False', 'KubeletNotReady'), 'False (KubeletNotReady)', 'pasa'],
  [node('Unknown', 'NodeStatusUnknown'), 'Unknown (NodeStatusUnknown)', 'pasa'],
  [node(), 'nada todavía', 'nada todavía'],
  [undefined, 'nada: el nodo no existe', 'nada: el nodo no existe'],
])('un nodo está listo, perdido o ninguna de las dos cosas', (found, ready, lost) => {
  expect([verdict(nodeReady().test(found)), verdict(nodeLost().test(found))]).toEqual([ready, lost]);
});
