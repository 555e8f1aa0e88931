import { setImmediate as turn } from 'node:timers/promises';
import { parseDuration } from '../engine/duration.ts';
import { LabError } from '../engine/lab-error.ts';
import type { Clock, Duration } from '../engine/ports.ts';

export interface FakeClock extends Clock {
  /** Se llama al llegar a ese instante (ms desde el principio). */
  at(instant: number, run: () => void): void;
}

/** Reloj que solo avanza cuando alguien duerme: nada espera de verdad. */
export function createFakeClock({ isVirtual = true }: { isVirtual?: boolean } = {}): FakeClock {
  let now = 0;
  let plans: { instant: number; run: () => void }[] = [];
  return {
    isVirtual,
    now: () => now,
    at(instant, run) {
      plans.push({ instant, run });
    },
    async sleep(wait: Duration, signal: AbortSignal) {
      const until = now + parseDuration(wait);
      for (;;) {
        if (signal.aborted) throw new LabError('Interrumpido', { code: 'ABORTED' });
        const next = plans.filter(({ instant }) => instant <= until).sort((a, b) => a.instant - b.instant)[0];
        if (!next) break;
        plans = plans.filter((plan) => plan !== next);
        now = Math.max(now, next.instant);
        next.run();
        // Quien observa se entera dentro del mismo instante.
        await turn();
      }
      now = until;
    },
  };
}
