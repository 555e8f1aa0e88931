import { compareTraces } from './differences.ts';
import type { RecordedTrace, Trace, Variants } from './trace.ts';

/** Suma otra vuelta del mismo clúster: donde diga algo que no había dicho, queda también como bueno. */
export function mergeRuns(recorded: RecordedTrace, again: Trace): RecordedTrace {
  const also: Record<string, Record<string, (string | null)[]>> = {};
  for (const [step, lines] of Object.entries(recorded.also ?? {})) {
    also[step] = Object.fromEntries(Object.entries(lines).map(([line, values]) => [line, [...values]]));
  }
  for (const { step, line, found } of compareTraces(recorded.trace, again, recorded.also).differences) {
    const lines = (also[step] ??= {});
    (lines[line] ??= []).push(found ?? null);
  }
  return {
    recorded: { ...recorded.recorded, runs: recorded.recorded.runs + 1 },
    trace: recorded.trace,
    ...(Object.keys(also).length > 0 ? { also: sorted(also) } : {}),
  };
}

const sorted = (also: Variants): Variants =>
  Object.fromEntries(
    Object.entries(also).map(([step, lines]) => [
      step,
      Object.fromEntries(
        Object.entries(lines)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([line, values]) => [line, [...values].sort()]),
      ),
    ]),
  );

/** Cuántas líneas tienen más de una respuesta buena. */
export const countVariants = ({ also = {} }: RecordedTrace): number => Object.values(also).reduce((sum, lines) => sum + Object.keys(lines).length, 0);
