import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { labs } from '../../registry.ts';
import { catalogueMutations } from './catalogue.ts';
import { labMutations } from './lab-mutations.ts';

// Que cada una hace caer su paso se ve al correrlas (`node labs/dev/mutations/run.ts`): aquí, que siguen valiendo y que no falta ninguna.

const root = new URL('../../../', import.meta.url);
const all = labMutations.flatMap(({ maqueta, itself }) => [...maqueta, ...itself]);

describe('las mutaciones', () => {
  it('cambian una frase que está una sola vez en su archivo', () => {
    const wrong = [...catalogueMutations, ...all].flatMap(({ id, file, find, replace }) => {
      const times = readFileSync(new URL(file, root), 'utf8').split(find).length - 1;
      return times === 1 && find !== replace ? [] : [`${id}: ${times} veces en ${file}`];
    });
    expect(wrong).toEqual([]);
  });

  it('no repiten identificador', () => {
    const ids = [...catalogueMutations, ...all].map(({ id }) => id);
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
  });

  it.each(labMutations)(
    'del laboratorio $lab rompen cada paso de su demostración por fuera, y alguno por dentro',
    async ({ lab, maqueta, itself, unbreakable = {} }) => {
      const loaded = await labs.find(({ id }) => id === lab)?.load();
      const steps = loaded?.steps.map(({ id }) => id) ?? [];
      const broken = new Set(maqueta.map(({ step }) => step));
      expect(steps.filter((step) => !broken.has(step))).toEqual(Object.keys(unbreakable));
      expect([...broken].filter((step) => !steps.includes(step))).toEqual([]);
      const everyStep = [...steps, ...(loaded?.challenge.steps.map(({ id }) => id) ?? [])];
      expect(itself.filter(({ step }) => !everyStep.includes(step))).toEqual([]);
      expect(itself.length).toBeGreaterThanOrEqual(2);
    },
  );

  it('no dejan fuera ningún laboratorio', () => {
    expect(labMutations.map(({ lab }) => lab)).toEqual(labs.map(({ id }) => id));
  });

  it('incluyen las que cualquiera probaría primero', () => {
    const ids = new Set(all.map(({ id }) => id));
    const first = ['07-crea-en-paralelo', '07-particion-ignorada', '04-pvc-olvidado', '07-pvc-olvidado', '05-trafico-a-no-listos', '05-error-mal-contado'];
    expect(first.filter((id) => !ids.has(id))).toEqual([]);
  });
});
