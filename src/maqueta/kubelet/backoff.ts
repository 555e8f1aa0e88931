/** Espera que se dobla: 10 s, 20 s… hasta 300 s. Se olvida si pasan 10 minutos sin volver a fallar. */
// Sigue a client-go: util/flowcontrol/backoff.go (Next, IsInBackOffSince, hasExpired).
export interface Backoff {
  /** Cuenta un intento más y devuelve la espera que le tocará al siguiente. */
  next(eventTime: number, now: number): void;
  /** Milisegundos que aún hay que esperar desde `since`; 0 si ya se puede. */
  remaining(since: number, now: number): number;
  /** La espera en curso. */
  readonly delay: number;
}

export const initialDelay = 10_000;
export const longestDelay = 300_000;

export function createBackoff(): Backoff {
  let delay = 0;
  let lastUpdate = 0;
  const hasExpired = (eventTime: number) => eventTime - lastUpdate > longestDelay * 2;
  return {
    next(eventTime, now) {
      delay = delay === 0 || hasExpired(eventTime) ? initialDelay : Math.min(delay * 2, longestDelay);
      lastUpdate = now;
    },
    remaining(since, now) {
      if (delay === 0 || hasExpired(since)) return 0;
      return Math.max(0, since + delay - now);
    },
    get delay() {
      return delay;
    },
  };
}

/** Como escribe Go una duración: `10s`, `1m20s`, `5m0s`. */
export function goDuration(duration: number): string {
  const seconds = Math.round(duration / 1000);
  return seconds < 60 ? `${seconds}s` : `${Math.floor(seconds / 60)}m${seconds % 60}s`;
}
