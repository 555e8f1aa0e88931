import { isSerial } from './battery.ts';
import type { TestResult } from './result.ts';

export interface Lane {
  /** Cuántas a la vez. */
  width: number;
  /** Cada prueba tiene un clúster para ella sola: las [Serial] tampoco estorban. */
  isIsolated: boolean;
  /** Segundos que tiene cada prueba. */
  perTest: number;
  /** Segundos que tiene la pasada entera. */
  whole: number;
}

/** Corre todas, varias a la vez; las `[Serial]`, si comparten clúster, al final y de una en una. El orden de los resultados es el de la lista. */
export async function runAll(
  names: readonly string[],
  { width, isIsolated }: Pick<Lane, 'width' | 'isIsolated'>,
  run: (name: string, index: number) => Promise<TestResult>,
): Promise<TestResult[]> {
  const results = new Map<string, TestResult>();
  const order = new Map(names.map((name, index) => [name, index]));
  const runGroup = async (group: readonly string[], count: number) => {
    const queue = [...group];
    const worker = async () => {
      for (let name = queue.shift(); name !== undefined; name = queue.shift()) results.set(name, await run(name, order.get(name) ?? 0));
    };
    await Promise.all(Array.from({ length: Math.min(count, group.length) }, worker));
  };
  const waits = (name: string) => !isIsolated && isSerial(name);
  await runGroup(
    names.filter((name) => !waits(name)),
    width,
  );
  await runGroup(names.filter(waits), 1);
  return names.flatMap((name) => results.get(name) ?? []);
}

/** Las que más tardaron la última vez, delante; de la que no se sabe, mejor pronto que tarde. */
export const longestFirst = (names: readonly string[], usual: ReadonlyMap<string, number>): string[] =>
  names.toSorted((a, b) => (usual.get(b) ?? Number.MAX_VALUE) - (usual.get(a) ?? Number.MAX_VALUE));
