import type { Duration } from '../../engine/ports.ts';
import type { Compared, Difference } from '../differences.ts';
import type { Program } from './program.ts';
import { reduce } from './reduce.ts';

export interface Verdict {
  /** Líneas comparadas, y cuántas salieron igual. */
  lines: { equal: number; total: number };
  /** A la primera no salió igual, y con más calma sí: lo primero que no casaba. */
  doubt?: string;
  /** Las que salieron dos veces. Vacío: los dos sitios hacen lo mismo. */
  differences: readonly Difference[];
  /** Si las hay, el programa más corto que las enseña. */
  shortest: Program;
  /** Qué acciones del programa son. */
  places: readonly number[];
}

/** Silencio con que se acaba un paso, y el que se da cuando algo no casa: un nodo cargado puede tardar más en mover un Pod. */
export const quiet: Duration = '6s';
export const calm: Duration = '15s';

type Compare = (program: Program, settle: Duration, signal?: AbortSignal) => Promise<Compared>;

const placeOf = ({ step, line }: Difference): string => `${step} · ${line}`;

/**
 * Compara un programa. Una diferencia puede ser la prisa de la máquina; la misma otra vez, y con calma, es que no hacen lo mismo:
 * entonces se busca el programa más corto que la enseña. Encontrada la primera, cortar ya no vale: se llega al final.
 */
export async function checkProgram(program: Program, compare: Compare, cut: AbortSignal, hasTimeToReduce: () => boolean): Promise<Verdict> {
  const places = program.moves.map((_move, place) => place);
  let doubt = '';
  const first = await compare(program, quiet, cut).catch((error: unknown) => {
    if (cut.aborted) throw error;
    doubt = error instanceof Error ? error.message : String(error);
    return undefined;
  });
  if (first?.differences.length === 0) return { lines: { equal: first.total, total: first.total }, differences: [], shortest: program, places };
  const suspects = first && new Set(first.differences.map(placeOf));
  const second = await compare(program, calm);
  const differences = suspects ? second.differences.filter((one) => suspects.has(placeOf(one))) : second.differences;
  const lines = { equal: second.total - differences.length, total: second.total };
  if (differences.length === 0) return { lines, doubt: first?.differences.map(placeOf)[0] ?? doubt, differences, shortest: program, places };

  const guilty = new Set(differences.map(({ line }) => line));
  const only = (kept: readonly number[]): Program => ({ ...program, moves: program.moves.filter((_move, place) => kept.includes(place)) });
  const kept = await reduce(places, async (left) => (await compare(only(left), quiet)).differences.some(({ line }) => guilty.has(line)), hasTimeToReduce);
  return { lines, differences, shortest: only(kept), places: kept };
}
