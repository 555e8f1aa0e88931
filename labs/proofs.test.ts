import { expect, test } from 'vitest';
import { LabError } from './engine/lab-error.ts';
import { defineLab, type LabDefinition, step } from './lab.ts';
import { type ProofWorld, proofsOf } from './proofs.ts';
import { createFakeClock } from './testing/fake-clock.ts';
import { createFakeCluster } from './testing/fake-cluster.ts';

/** Un laboratorio cuyos pasos pasan según lo que haya en `answers`. */
function labJudgedBy(judge: (stepId: string, answers: string, turn: number) => boolean): { lab: LabDefinition; world: ProofWorld } {
  let answers = '';
  let turn = 0;
  const judged = (id: string) =>
    step(
      id,
      id,
      async () => {
        if (!judge(id, answers, turn)) throw new LabError(`«${id}» no`, { code: 'NOT_YET' });
      },
      { points: 1, hints: [] },
    );
  const steps = ['uno', 'dos'].map(judged);
  const wrong = { 'casi-bien': { fails: 'dos', why: '' } };
  const lab = defineLab({
    ...{ id: '04', slug: 'prueba', title: '', proves: '', needs: {}, images: [], steps },
    challenge: { title: '', brief: '', given: [], steps, wrong },
  });
  const manifestsWith: ProofWorld['manifestsWith'] = (folder) => {
    answers = folder;
    return { read: async () => [], answers: async () => [] };
  };
  return { lab, world: { signal: new AbortController().signal, manifestsWith, suffix: () => `n${++turn}`, leavesNothing: true } };
}

/** Bueno: la demostración y la solución pasan, el reto no, y la errónea cae en «dos». */
const sound = (stepId: string, answers: string, turn: number) =>
  answers === 'solution' || (answers === 'wrong/casi-bien' && stepId === 'uno') || (answers === 'reto' && turn <= 2);

async function prove(judge: typeof sound): Promise<{ problems: string[]; done: string[] }> {
  const { lab, world } = labJudgedBy(judge);
  const target = createFakeCluster(createFakeClock());
  const problems: string[] = [];
  for (const proof of proofsOf(lab, world)) problems.push(...(await proof.run(target)));
  return { problems, done: target.done };
}

test('un laboratorio bueno queda demostrado, y de cada vez no queda ni su espacio', async () => {
  const { problems, done } = await prove(sound);
  expect(problems).toEqual([]);
  expect(done.filter((action) => action.startsWith('delete'))).toEqual([1, 2, 3, 4, 5].map((turn) => `delete Namespace lab-04-n${turn}`));
});

test.each<[string, typeof sound, string[]]>([
  [
    'la primera vez no pasa',
    (id, answers, turn) => answers !== 'reto' && sound(id, answers, turn),
    ['el paso «uno» ha acabado en notYet: «uno» no', 'el paso «dos» no ha corrido'],
  ],
  [
    'la segunda vez no pasa',
    (id, answers, turn) => !(turn === 2 && id === 'dos') && sound(id, answers, turn),
    ['la segunda vez, el paso «dos» ha acabado en notYet: «dos» no'],
  ],
  ['el reto sin tocar pasa algo', (id, answers, turn) => (turn === 3 && id === 'dos') || sound(id, answers, turn), ['el paso «dos» debía fallar: ok']],
  [
    'la solución no pasa',
    (id, answers, turn) => !(answers === 'solution' && id === 'dos') && sound(id, answers, turn),
    ['el paso «dos» ha acabado en notYet: «dos» no'],
  ],
  ['la errónea pasa', (id, answers, turn) => answers.startsWith('wrong') || sound(id, answers, turn), ['debía caer en «dos» y ha pasado entera']],
  [
    'la errónea cae antes',
    (id, answers, turn) => !answers.startsWith('wrong') && sound(id, answers, turn),
    ['debía caer en «dos» y el paso «uno» ha acabado en notYet: «uno» no'],
  ],
])('si %s, lo dice', async (_, judge, problems) => {
  expect((await prove(judge)).problems).toEqual(problems);
});

test('un paso que lee el núcleo de un nodo puede saltarse en la maqueta, y en ningún otro sitio', async () => {
  const { lab, world } = labJudgedBy(sound);
  const rules = step('reglas', 'Reglas', async () => {}, { points: 1, hints: [], needs: { proxyRules: true } });
  const [demo] = proofsOf({ ...lab, steps: [...lab.steps, rules] }, { ...world, manifestsWith: () => world.manifestsWith('solution') });
  const target = createFakeCluster(createFakeClock());
  expect(await demo?.run({ ...target, id: 'maqueta' })).toEqual([]);
  expect(await demo?.run({ ...target, id: 'taller', title: 'taller' })).toEqual([
    'el paso «reglas» ha acabado en skipped: leer las reglas de kube-proxy dentro de un nodo; en taller no sé hacerlo',
  ]);
});

test('si la segunda pasada se graba, también falla por contar otra cosa; y si un paso no pasa, basta decir cuál', async () => {
  const { lab, world } = labJudgedBy(sound);
  const again = (result: 'ok' | 'notYet', differences: string[]) => async () => ({
    events: lab.steps.map(({ id }) => ({ kind: 'stepEnded' as const, at: 0, lab: '04', stepId: id, title: id, result, took: 0, points: 0 })),
    differences,
  });
  const run = async (recordAgain: NonNullable<ProofWorld['recordAgain']>) =>
    proofsOf(lab, { ...world, manifestsWith: () => world.manifestsWith('solution'), recordAgain })[0]?.run(createFakeCluster(createFakeClock()));
  expect(await run(again('ok', []))).toEqual([]);
  expect(await run(again('ok', ['- antes']))).toEqual(['la segunda vez, - antes']);
  expect(await run(again('notYet', ['- antes']))).toEqual([
    'la segunda vez, el paso «uno» ha acabado en notYet',
    'la segunda vez, el paso «dos» ha acabado en notYet',
  ]);
});
