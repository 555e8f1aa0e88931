import type { ProbeGap } from '../../engine/probe-result.ts';

export interface GapTracker {
  /** El final de la petición n.º `n`. Llegan en cualquier orden; se juzgan en el que debían salir. */
  settle(n: number, isOk: boolean): void;
  /** Los huecos hasta ahora. `elapsed`: dónde acaba uno que sigue abierto. */
  read(elapsed: number): { gaps: ProbeGap[]; omitted: number; longest: ProbeGap | null };
}

/** Con más huecos que estos ya no es una lista para leer. */
const mostGaps = 1000;

/** Ratos seguidos sin un éxito, en el orden en que debían salir las peticiones. */
export function createGapTracker(interval: number): GapTracker {
  const waiting = new Map<number, boolean>();
  const gaps: ProbeGap[] = [];
  let next = 0;
  let omitted = 0;
  let longest: ProbeGap | null = null;
  let start = 0;
  let errors = 0;

  const longer = (gap: ProbeGap) => (longest === null || gap.duration > longest.duration ? gap : longest);
  const close = (end: number, isOpen: boolean): ProbeGap => ({ start, duration: end - start, errors, isOpen });
  return {
    settle(n, isOk) {
      waiting.set(n, isOk);
      for (let result = waiting.get(next); result !== undefined; result = waiting.get(next)) {
        waiting.delete(next);
        if (!result) {
          if (errors === 0) start = next * interval;
          errors += 1;
        } else if (errors > 0) {
          const gap = close(next * interval, false);
          longest = longer(gap);
          if (gaps.length < mostGaps) gaps.push(gap);
          else omitted += 1;
          errors = 0;
        }
        next += 1;
      }
    },
    read(elapsed) {
      if (errors === 0) return { gaps: [...gaps], omitted, longest };
      const open = close(Math.max(elapsed, start), true);
      const isFull = gaps.length >= mostGaps;
      return { gaps: isFull ? [...gaps] : [...gaps, open], omitted: omitted + (isFull ? 1 : 0), longest: longer(open) };
    },
  };
}
