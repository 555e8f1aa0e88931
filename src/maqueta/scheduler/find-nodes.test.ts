import { expect, it } from 'vitest';
import { enoughNodes } from './find-nodes.ts';

// Casos de kube-scheduler: schedule_one_test.go (TestNumFeasibleNodesToFind).
it.each([
  [10, 10],
  [99, 99],
  [100, 100],
  [1000, 420],
  [6000, 300],
  [10_000, 500],
])('de %i nodos le bastan %i válidos', (total, enough) => {
  expect(enoughNodes(total)).toBe(enough);
});
