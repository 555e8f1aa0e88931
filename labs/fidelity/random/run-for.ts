export interface RunFor<Result> {
  /** Casos que hay. */
  count: number;
  /** Milisegundos. */
  duration: number;
  /** Aunque se acabe el tiempo, se sigue hasta tener estos. */
  least: number;
  atOnce: number;
  /** Con la señal dada, el caso se deja a medias y no cuenta. */
  check(index: number, cut: AbortSignal): Promise<Result>;
}

/** Cuántas veces el tiempo dado se espera, como mucho, a tener los casos que hacen falta. */
const patience = 5;

/**
 * Casos durante un tiempo, varios a la vez. El que está a medias cuando se acaba no cuenta: así, lo que dé tiempo a hacer cambia
 * cuántos hay y nunca cómo salen.
 */
export async function runFor<Result>({ count, duration, least, atOnce, check }: RunFor<Result>): Promise<Result[]> {
  const results: Result[] = [];
  const cut = new AbortController();
  const start = performance.now();
  let next = 0;
  const look = () => {
    const spent = performance.now() - start;
    if (spent >= duration * patience || (spent >= duration && results.length >= least)) cut.abort();
  };
  const timers = [duration, duration * patience].map((after) => setTimeout(look, after + 1));
  try {
    await Promise.all(
      Array.from({ length: atOnce }, async () => {
        while (!cut.signal.aborted && next < count) {
          try {
            results.push(await check(next++, cut.signal));
          } catch (error) {
            if (!cut.signal.aborted) throw error;
          }
          look();
        }
      }),
    );
  } finally {
    for (const timer of timers) clearTimeout(timer);
  }
  return results;
}
