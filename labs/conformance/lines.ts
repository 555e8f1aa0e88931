import { humanDuration } from '../engine/reading.ts';
import { shortName } from './battery.ts';
import { type ConformanceRun, type ConformanceTarget, passing, type TestResult } from './result.ts';

export const placeOf: Readonly<Record<ConformanceTarget, string>> = { taller: 'el taller', maqueta: 'la maqueta' };

export const taskOf = (target: ConformanceTarget): string => `conformidad contra ${placeOf[target]}`;

/** `✔  5 de 33  Daemon set should run and stop simple daemon  5,1 s`; y si no pasa, su porqué debajo. */
export function testLines(
  { name, passes, why, seconds }: TestResult,
  { done, total, glyphs }: { done: number; total: number; glyphs: { ok: string; no: string } },
): string[] {
  const count = `${String(done).padStart(String(total).length)} de ${total}`;
  const line = `  ${passes ? glyphs.ok : glyphs.no} ${count}  ${shortName(name)}  ${humanDuration(seconds * 1000)}`;
  return passes ? [line] : [line, `      ${why}`];
}

export const endingLine = (run: ConformanceRun): string => {
  const { target, tests, seconds, version } = run;
  return `Conformidad de Kubernetes ${version} contra ${placeOf[target]}: pasan ${passing(run)} de ${tests.length} en ${humanDuration(seconds * 1000)}.`;
};
