import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readManifestFile, readManifestFolder } from './cluster/manifests.ts';
import { openMaquetaTarget } from './cluster/maqueta-target.ts';
import type { LabEvent, Target } from './engine/ports.ts';
import type { LabDefinition } from './lab.ts';
import { labs as entries } from './registry.ts';
import { runLab } from './run-lab.ts';

// Cada laboratorio demuestra que sus comprobaciones saben decir que sí y que no (diseño §4). Corre en la maqueta, sin clúster.

const labs = await Promise.all(entries.map((entry) => entry.load()));
const root = join(import.meta.dirname, '..');

interface Ended {
  stepId: string;
  result: string;
  message: string | undefined;
}

async function play(lab: LabDefinition, target: Target, mode: 'demo' | 'challenge', answers: string, suffix: string): Promise<Ended[]> {
  const ended: Ended[] = [];
  const folder = `manifests/${lab.id}-${lab.slug}`;
  await runLab({
    lab,
    mode,
    target,
    output: {
      emit(event: LabEvent) {
        if (event.kind === 'stepEnded') ended.push({ stepId: event.stepId, result: event.result, message: event.failure?.message });
      },
    },
    signal: new AbortController().signal,
    manifests: {
      read: (file) => readManifestFile(root, `${folder}/${file}`),
      answers: () => readManifestFolder(root, `${folder}/${answers}`),
    },
    suffix,
  });
  return ended;
}

const allOk = (steps: readonly { id: string }[]) => steps.map(({ id }) => ({ stepId: id, result: 'ok', message: undefined }));

for (const lab of labs) {
  describe(`laboratorio ${lab.id}`, () => {
    const wrongFolder = join(root, 'manifests', `${lab.id}-${lab.slug}`, 'wrong');
    let target: Target;

    beforeAll(async () => {
      target = await openMaquetaTarget({ freeze: true });
    });
    afterAll(() => target.close());

    it('su demostración pasa entera, dos veces seguidas en el mismo clúster', async () => {
      expect(await play(lab, target, 'demo', 'reto', 'uno1')).toEqual(allOk(lab.steps));
      expect(await play(lab, target, 'demo', 'reto', 'dos2')).toEqual(allOk(lab.steps));
    });

    it('su reto sin tocar falla en cada comprobación', async () => {
      const ended = await play(lab, target, 'challenge', 'reto', 'reto');
      expect(ended.map(({ stepId }) => stepId)).toEqual(lab.challenge.steps.map(({ id }) => id));
      expect(ended.filter(({ result }) => result === 'ok' || result === 'skipped')).toEqual([]);
    });

    it('su solución pasa entera', async () => {
      expect(await play(lab, target, 'challenge', 'solution', 'solu')).toEqual(allOk(lab.challenge.steps));
    });

    it('tiene al menos dos soluciones erróneas, todas declaradas y todas en el disco', () => {
      const declared = Object.keys(lab.challenge.wrong).sort();
      expect(declared.length).toBeGreaterThanOrEqual(2);
      expect(existsSync(wrongFolder) ? readdirSync(wrongFolder).sort() : []).toEqual(declared);
    });

    for (const [slug, { fails }] of Object.entries(lab.challenge.wrong)) {
      it(`la solución errónea «${slug}» cae en el paso «${fails}» y en ningún otro anterior`, async () => {
        const ended = await play(lab, target, 'challenge', `wrong/${slug}`, slug.replaceAll('-', '').slice(0, 6));
        expect(ended.find(({ result }) => result !== 'ok')?.stepId).toBe(fails);
      });
    }
  });
}
