import { describe, expect, it } from 'vitest';
import { attemptFor } from '../testing/attempts.ts';
import { toJUnit } from './junit.ts';
import { emptyProgress, stateOf, withAttempt, withHint } from './progress.ts';
import { createReport } from './report.ts';

const labs = [
  { id: '04', slug: 'mundo-real', title: 'Mundo «real» & más', content: 'abc' },
  { id: '05', slug: 'servicios', title: 'Servicios', content: 'def' },
];
const about = { at: '2026-11-20T13:00:00.000Z', node: 'v24.21.0', name: 'Íñigo' };
const failed = attemptFor({
  mode: 'challenge',
  outcome: 'notYet',
  passed: 0,
  points: 0,
  steps: [
    { id: 'uno', title: 'Uno', result: 'notYet', took: 60_000, points: 2 },
    { id: 'dos', title: 'Dos', result: 'skipped', took: 0, points: 1 },
  ],
});
const progress = withHint(withAttempt(withAttempt(emptyProgress, attemptFor()), failed), { lab: '04', mode: 'demo', step: 'uno', hint: 2 });

describe('estado de un laboratorio', () => {
  it.each([
    ['sin intentos', {}, 'abc', 'pending'],
    ['con intentos y sin hacer', { demo: { attempts: 1, last: attemptFor({ outcome: 'notYet' }) } }, 'abc', 'current'],
    ['solo el reto empezado', { challenge: { attempts: 1, last: attemptFor() } }, 'abc', 'current'],
    ['hecho', { demo: { attempts: 1, last: attemptFor(), done: attemptFor() } }, 'abc', 'done'],
    ['hecho, pero cambió', { demo: { attempts: 1, last: attemptFor(), done: attemptFor() } }, 'otro', 'changed'],
  ])('%s', (_, lab, content, state) => expect(stateOf({ hints: {}, ...lab }, content)).toBe(state));
});

it('el informe suma laboratorios, puntos, intentos y pistas', () => {
  expect(createReport(progress, labs, about)).toMatchObject({
    name: 'Íñigo',
    done: 1,
    total: 2,
    points: 2,
    maxPoints: 4,
    attempts: 2,
    hints: 2,
    labs: [
      {
        id: '04',
        state: 'done',
        modes: [
          { mode: 'demo', isDone: true, isCurrent: true, seed: 1, kubernetes: 'v1.37.1' },
          { mode: 'challenge', isDone: false },
        ],
      },
      { id: '05', state: 'pending', modes: [] },
    ],
  });
});

it('el informe no lleva direcciones, espacios ni nada del kubeconfig', () => {
  const text = JSON.stringify(createReport(withAttempt(emptyProgress, attemptFor({ targetId: 'minikube', namespace: 'lab-04-7x2k' })), labs, about));
  expect(text).not.toMatch(/https?:|127\.0\.0\.1|lab-04-7x2k|token|kubeconfig/i);
});

it('JUnit: un grupo por modo, un caso por comprobación, y XML bien escapado', () => {
  expect(toJUnit(createReport(progress, labs, about))).toMatchInlineSnapshot(`
    "<?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="bitacora · Íñigo" timestamp="2026-11-20T13:00:00.000Z">
      <testsuite name="04 · Mundo «real» &amp; más" tests="1" failures="0" skipped="0" time="1.500" timestamp="2026-11-20T12:00:00.000Z">
        <properties><property name="destino" value="maqueta"/><property name="kubernetes" value="v1.37.1"/></properties>
        <testcase classname="lab-04.demostracion" name="uno: Uno &amp; «dos»" time="1.500"/>
      </testsuite>
      <testsuite name="04 · Mundo «real» &amp; más · reto" tests="2" failures="1" skipped="1" time="1.500" timestamp="2026-11-20T12:00:00.000Z">
        <properties><property name="destino" value="maqueta"/><property name="kubernetes" value="v1.37.1"/></properties>
        <testcase classname="lab-04.reto" name="uno: Uno" time="60.000"><failure message="todavía no"/></testcase>
        <testcase classname="lab-04.reto" name="dos: Dos" time="0.000"><skipped/></testcase>
      </testsuite>
    </testsuites>
    "
  `);
});
