import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifestFile, readManifestFolder } from './cluster/manifests.ts';
import { openMaquetaTarget } from './cluster/maqueta-target.ts';
import type { Target } from './engine/ports.ts';
import { proofsOf } from './proofs.ts';
import { labs as entries, folderOf } from './registry.ts';

// Cada laboratorio, demostrado en la maqueta. En el taller: node labs/dev/prove/prove.ts taller

const labs = await Promise.all(entries.map((entry) => entry.load()));
const root = join(import.meta.dirname, '..');

for (const lab of labs) {
  describe(`laboratorio ${lab.id}`, () => {
    const folder = `manifests/${folderOf(lab)}`;
    let target: Target;
    let turn = 0;

    beforeAll(async () => {
      target = await openMaquetaTarget({ freeze: true });
    });
    afterAll(() => target.close());

    it('tiene al menos dos soluciones erróneas, todas declaradas y todas en el disco', () => {
      const wrong = join(root, folder, 'wrong');
      const declared = Object.keys(lab.challenge.wrong).sort();
      expect(declared.length).toBeGreaterThanOrEqual(2);
      expect(existsSync(wrong) ? readdirSync(wrong).sort() : []).toEqual(declared);
    });

    const proofs = proofsOf(lab, {
      signal: new AbortController().signal,
      manifestsWith: (answers) => ({
        read: (file) => readManifestFile(root, `${folder}/${file}`),
        answers: () => readManifestFolder(root, `${folder}/${answers}`),
      }),
      suffix: () => `x${String(++turn).padStart(3, '0')}`,
      leavesNothing: false,
    });
    // Un laboratorio entero, a veces dos veces, en una máquina que puede estar haciendo otras cosas.
    for (const { title, run } of proofs) it(title, { timeout: 120_000 }, async () => expect(await run(target)).toEqual([]));
  });
}
