import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { LabError } from '../../engine/lab-error.ts';
import type { Proof } from '../../proofs.ts';
import { fakeTarget } from '../../testing/fake-target.ts';
import { runProofs } from './run-proofs.ts';

function play(proofs: readonly Proof[], atOnce = 2, isPatient = false) {
  let now = 0;
  const told: string[] = [];
  const ended = runProofs({
    proofs,
    target: fakeTarget(),
    atOnce,
    now: () => (now += 10),
    isPatient,
    onEnd: ({ title, problems, firstProblems }) =>
      void told.push(`${title}: ${problems.join('; ') || 'bien'}${firstProblems ? `, a la segunda (${firstProblems.join('; ')})` : ''}`),
  });
  return { ended, told };
}
const good = (title: string): Proof => ({ title, isAlone: false, run: async () => [] });

test('corre varias a la vez, nunca más de las pedidas, y las cuenta todas', async () => {
  let running = 0;
  let most = 0;
  const counted = (title: string): Proof => ({
    title,
    isAlone: false,
    async run() {
      most = Math.max(most, ++running);
      await pause(5);
      running -= 1;
      return [];
    },
  });
  const { ended, told } = play(['a', 'b', 'c', 'd', 'e'].map(counted));
  expect(await ended).toHaveLength(5);
  expect({ most, told: told.sort() }).toEqual({ most: 2, told: ['a: bien', 'b: bien', 'c: bien', 'd: bien', 'e: bien'] });
});

test('la que no se demuestra y la que ni puede correr dicen por qué, y las demás siguen', async () => {
  const missing = () => Promise.reject(new LabError('Falta un nodo.', { code: 'ENVIRONMENT' }));
  const { ended, told } = play(
    [{ title: 'mala', isAlone: false, run: async () => ['el paso «uno» ha pasado'] }, { title: 'sin nodos', isAlone: false, run: missing }, good('buena')],
    1,
  );
  expect((await ended).map(({ problems }) => problems.length)).toEqual([1, 1, 0]);
  expect(told).toEqual(['mala: el paso «uno» ha pasado', 'sin nodos: Falta un nodo.', 'buena: bien']);
});

test('Ctrl-C y un fallo nuestro no dejan empezar ninguna más', async () => {
  for (const error of [new LabError('Interrumpido', { code: 'ABORTED' }), new TypeError('x')]) {
    const { ended, told } = play([{ title: 'corta', isAlone: false, run: () => Promise.reject(error) }, good('siguiente')], 1);
    await expect(ended).rejects.toBe(error);
    expect(told).toEqual([]);
  }
});

test('la que no admite compañía corre antes que ninguna, y sola', async () => {
  let running = 0;
  const company: Record<string, number> = {};
  const watched = (title: string, isAlone: boolean): Proof => ({
    title,
    isAlone,
    async run() {
      running += 1;
      await pause(5);
      company[title] = Math.max(company[title] ?? 0, running);
      running -= 1;
      return [];
    },
  });
  const { ended, told } = play([watched('a', false), watched('apaga un nodo', true), watched('b', false), watched('drena', true)]);
  await ended;
  expect(told.slice(0, 2)).toEqual(['apaga un nodo: bien', 'drena: bien']);
  expect({ ...company, juntas: Math.max(company.a ?? 0, company.b ?? 0) }).toMatchObject({ 'apaga un nodo': 1, drena: 1, juntas: 2 });
});

test('con paciencia, la que falla se repite una sola vez, al final y a solas; sin ella, ninguna', async () => {
  let turn = 0;
  const shaky: Proof = { title: 'a veces', isAlone: false, run: async () => (++turn === 1 ? ['tarde'] : []) };
  const never: Proof = { title: 'nunca', isAlone: true, run: async () => ['no'] };
  const patient = play([shaky, never, good('buena')], 2, true);
  await patient.ended;
  expect(patient.told).toEqual(['buena: bien', 'nunca: no, a la segunda (no)', 'a veces: bien, a la segunda (tarde)']);
  const strict = play([never], 1);
  await strict.ended;
  expect(strict.told).toEqual(['nunca: no']);
});
