import { runNode } from './child.ts';
import { summarize } from './statistics.ts';

/** Lo que cuesta arrancar Node y no hacer nada: la vara con la que se compara lo demás. */
export async function measureNodeStart(root: string, repetitions: number): Promise<number> {
  const times: number[] = [];
  for (let turn = 0; turn < repetitions; turn++) times.push((await runNode(['-e', '0'], root)).total);
  return summarize(times).median;
}
