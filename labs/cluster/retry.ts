import { LabError } from '../engine/lab-error.ts';
import { ApiFailure, explain } from './errors.ts';

interface RetryOptions {
  pause(milliseconds: number, signal?: AbortSignal): Promise<void>;
  signal?: AbortSignal | undefined;
}

/** Pausas entre intentos de una escritura que se puede repetir sin daño: unos 20 s en total. */
const pauses = [200, 400, 800, 1600, 3200, 5000, 5000, 5000];

/** Repite mientras el fallo pueda pasar solo: la red, 429, 5xx y el espacio recién creado que aún no tiene su cuenta. */
export async function withRetry<T>(call: () => Promise<T>, { pause, signal }: RetryOptions): Promise<T> {
  for (const wait of pauses) {
    try {
      return await call();
    } catch (error) {
      if (signal?.aborted || !mayPass(error)) throw error;
      await pause(Math.max(wait, error instanceof ApiFailure ? (error.retryAfter ?? 0) : 0), signal);
    }
  }
  return call();
}

function mayPass(error: unknown): boolean {
  if (error instanceof LabError) return false;
  const { status, message, canHeal } = explain(error);
  if (status === 403) return /serviceaccount "default" not found|looking up service account/i.test(message);
  return canHeal && status !== 404 && status !== 409;
}
