import { createHash } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import * as fc from 'fast-check';
import { cases } from './parse-random.ts';
import { type Program, programs, programText } from './program.ts';

/** Los programas de una semilla, siempre los mismos. */
export const programsOf = (seed: number): readonly Program[] => fc.sample(programs, { seed, numRuns: cases });

/** Cambia si cambian los programas que da esa semilla: lo anotado antes ya no dice nada. */
export const digestOf = (seed: number): string => createHash('sha256').update(programsOf(seed).map(programText).join('\n')).digest('hex').slice(0, 12);

/** Lo que se comparó con una semilla. */
export interface ComparedSeed {
  seed: number;
  digest: string;
  kubernetes: string;
  at: string;
  /** Iguales, de todos; `secondTry`, los que a la primera no casaron y con más calma sí. */
  programs: { equal: number; total: number; secondTry: number };
  lines: { equal: number; total: number };
}

const file = new URL('compared.json', import.meta.url);

export const readCompared = async (): Promise<readonly ComparedSeed[]> => JSON.parse(await readFile(file, 'utf8')) as ComparedSeed[];

/** Lo de esa semilla, en lugar de lo que hubiera de ella. */
export async function noteCompared(seed: ComparedSeed): Promise<void> {
  const others = (await readCompared()).filter((one) => one.seed !== seed.seed);
  const all = [...others, seed].sort((a, b) => a.seed - b.seed);
  await writeFile(file, `${JSON.stringify(all, null, 2)}\n`);
}
