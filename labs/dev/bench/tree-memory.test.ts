import { spawn } from 'node:child_process';
import { expect, test } from 'vitest';
import { descendants, treeMemory } from './tree-memory.ts';

test('los descendientes, a cualquier profundidad, y nadie más', () => {
  const parents = new Map([
    [2, 1],
    [3, 2],
    [4, 3],
    [5, 1],
    [6, 9],
  ]);
  expect(descendants(2, parents)).toEqual([2, 3, 4]);
});

// smaps_rollup es de Linux.
test.runIf(process.platform === 'linux')('la memoria de un hijo se suma a la de su padre', async () => {
  const alone = treeMemory(process.pid);
  const child = spawn(process.execPath, ['-e', 'const held = Buffer.alloc(64 << 20, 1); process.stdout.write("ya"); setInterval(() => held, 1000)']);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  const both = treeMemory(process.pid);
  child.kill();
  expect(alone).toBeGreaterThan(10);
  expect(both - alone).toBeGreaterThan(60);
});
