import { expect, test } from 'vitest';
import { podNamed } from '../testing/objects.ts';
import type { CheckResult } from './check.ts';
import { allBefore, milestonesOf, spanOf, tellStory, unfolds } from './milestone-checks.ts';
import type { TimedEvent } from './timeline.ts';

/** `'web-0:a added'`, `'… ready'`, `'… leaving'`, `'… deleted'`: un suceso por segundo. */
const watch = (...lines: string[]): TimedEvent[] =>
  lines.map((line, index) => {
    const [, name = '', uid = '', state = ''] = /^(.*):(\w+) (\w+)$/.exec(line) ?? [];
    const pod = podNamed(name, { uid: `${name}-${uid}`, isReady: state === 'ready' });
    const object = state === 'leaving' ? { ...pod, metadata: { ...pod.metadata, deletionTimestamp: '2026-11-20T09:01:00Z' } } : pod;
    return { type: state === 'added' || state === 'deleted' ? state : 'modified', object, at: 5000 + index * 1000 };
  });
const verdict = (result: CheckResult) => {
  if (result.ok) return 'pasa';
  const { path, expected, found } = result.mismatch;
  return `${path}: hay ${found}, se esperaba ${expected}${result.cannotHeal ? ` (no sana: ${result.cannotHeal})` : ''}`;
};

const ordered = watch('web-0:a added', 'web-0:a ready', 'web-0:a ready', 'web-1:a added', 'web-1:a ready');
const replaced = watch('web-0:a leaving', 'web-0:a deleted', 'web-0:b added', 'web-0:b ready');

test('cada hito se cuenta una vez por UID, y otro Pod con el mismo nombre vuelve a empezar', () => {
  expect(tellStory(milestonesOf(ordered))).toBe('web-0 nace 0,0 s · web-0 listo 1,0 s · web-1 nace 3,0 s · web-1 listo 4,0 s');
  expect(tellStory(milestonesOf(replaced))).toBe('web-0 se va 0,0 s · web-0 desaparece 1,0 s · web-0 nace 2,0 s · web-0 listo 3,0 s');
  expect(tellStory([])).toBe('');
});

test.each([
  ['justo esa historia', ordered, 'pasa'],
  ['a medias', ordered.slice(0, 3), 'historia, hito 3 de 4: hay nada todavía, se esperaba web-1 nace'],
  [
    'uno que nace antes de que el anterior esté listo',
    watch('web-0:a added', 'web-1:a added'),
    'historia tras «web-0 nace»: hay web-1 nace, se esperaba web-0 listo (no sana: «web-1 nace» fuera de turno)',
  ],
  [
    'uno de más',
    [...ordered, ...watch('web-2:a added')],
    'historia tras «web-1 listo»: hay web-2 nace, se esperaba nada más (no sana: «web-2 nace» fuera de turno)',
  ],
])('unfolds con %s', (_, events, expected) => {
  expect(verdict(unfolds('web-0 nace', 'web-0 listo', 'web-1 nace', 'web-1 listo').test(events))).toBe(expected);
});

test.each([
  ['todos a la vez', watch('web-1:a added', 'web-0:a added', 'web-0:a ready'), 'pasa'],
  ['uno que falta por nacer', watch('web-1:a added'), '«nace» antes del primer «listo»: hay web-1, se esperaba web-0, web-1'],
  ['de uno en uno', ordered, '«nace» antes del primer «listo»: hay web-0, se esperaba web-0, web-1 (no sana: web-0 llegó antes a «listo»)'],
  ['otros Pods por medio', watch('otro-0:a ready', 'web-1:a added', 'web-0:a added'), 'pasa'],
])('allBefore con %s', (_, events, expected) => {
  expect(verdict(allBefore(['web-0', 'web-1'], 'nace', 'listo').test(events))).toBe(expected);
});

test('spanOf dice cuándo llegan el primero y el último a un hito', () => {
  expect(spanOf(milestonesOf(ordered), 'nace')).toEqual({ first: 5000, last: 8000 });
  expect(() => spanOf(milestonesOf(ordered), 'se va')).toThrow('Nadie llegó a «se va»: compruébalo antes con unfolds o allBefore');
});
