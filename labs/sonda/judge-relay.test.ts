import { describe, expect, it } from 'vitest';
import type { ProbeResult } from '../engine/probe-result.ts';
import { outage } from '../testing/probe-results.ts';
import { judgeRelay, relayMarks } from './judge-relay.ts';

const answered = (first: number, last: number) => ({ requests: 1, first, last });

const good: ProbeResult = {
  ...outage,
  marks: [
    { at: 5000, text: relayMarks.restart },
    { at: 30_000, text: relayMarks.deleted },
    { at: 40_000, text: relayMarks.killed },
  ],
  gaps: [
    { start: 40_020, duration: 660, errors: 30, isOpen: false },
    { start: 41_000, duration: 20, errors: 3, isOpen: false },
  ],
  answeredBy: {
    ...{ a: answered(0, 9000), b: answered(0, 15_000), c: answered(0, 21_000) },
    ...{ d: answered(9000, 29_980), e: answered(15_000, 50_000), f: answered(21_000, 50_000), g: answered(34_000, 50_000) },
  },
};
const problems = (change: Partial<ProbeResult>) => judgeRelay({ ...good, ...change }).flatMap(({ problem }) => (problem ? [problem] : []));
const gap = (start: number) => ({ start, duration: 100, errors: 5, isOpen: false });

describe('el juicio de la medida que enseña la página', () => {
  it('una con sentido cumple todo', () => expect(problems({})).toEqual([]));

  it.each<[string, Partial<ProbeResult>, string[]]>([
    ['falla algo durante el reinicio', { gaps: [gap(12_000), ...good.gaps] }, ['fallan 5']],
    ['no falla nada al morir el proceso', { gaps: [gap(31_000)], errors: { ...good.errors, refused: 5, reset: 0 } }, ['de 5 fallos, ninguno es de entonces']],
    ['sigue fallando mucho después', { gaps: [...good.gaps, gap(52_000)] }, ['sigue fallando 12100 ms después']],
    ['un Pod de antes no se va', { answeredBy: { ...good.answeredBy, c: answered(0, 50_000) } }, ['de 3 que había, han dejado de contestar 2']],
    ['contesta un Pod de más', { answeredBy: { ...good.answeredBy, h: answered(45_000, 50_000) } }, ['han contestado 8']],
  ])('si %s, lo dice', (_, change, found) => expect(problems(change)).toEqual(found));

  it('sin sus marcas no hay nada que juzgar, y no se da por bueno', () => {
    expect(problems({ marks: [] })).toEqual([
      'de 0 que había, han dejado de contestar 0',
      'de 33 fallos, ninguno es de entonces',
      'sigue fallando NaN ms después',
    ]);
  });
});
