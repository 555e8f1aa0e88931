import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readFinalProbe } from '../engine/probe-reading.ts';
import { judgeContrast } from './contrast/judge.ts';
import type { ContrastRecording } from './contrast/recording.ts';
import { judgeRelay } from './judge-relay.ts';
import type { ProbeRecording } from './probe-recording.ts';

const read = <T>(file: string) => JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as T;
const problems = (verdicts: readonly { title: string; problem?: string }[]) => verdicts.filter(({ problem }) => problem !== undefined);

describe('lo grabado que enseña la página', () => {
  it('el contraste cumple hoy todas sus afirmaciones, con el margen de hoy', () => {
    const recording = read<ContrastRecording>('contrast/contrast.json');
    expect(problems(judgeContrast(recording))).toEqual([]);
    expect(recording.target).toMatch(/^taller \(Kubernetes v1\.\d+\.\d+ real, \d+ nodos?\)$/);
  });

  it('la medida es una de la sonda, entera, y cuenta lo que dice contar', () => {
    const { result } = read<ProbeRecording>('recordings/relevo.json');
    expect(readFinalProbe({ status: 200, body: JSON.stringify(result) }, result)).toEqual(result);
    expect(problems(judgeRelay(result))).toEqual([]);
  });
});
