import type { Clock, Timer } from '../clock/clock.ts';
import type { Probe } from '../schema/types.generated.ts';

export type ProbeOutcome = { kind: 'success' } | { kind: 'failure'; message: string } | { kind: 'unknown'; message: string };

export interface Prober {
  /** El programa dice que su salud pudo cambiar. */
  wake(): void;
  stop(): void;
}

interface Options {
  clock: Clock;
  probe: Probe;
  /** Los turnos se cuentan desde aquí: cuándo el kubelet conoció el Pod. */
  since: number;
  startedAt: number;
  run(onDone: (outcome: ProbeOutcome) => void): () => void;
  onOutcome(outcome: ProbeOutcome): void;
  /** Se llama cuando se alcanza un umbral. */
  onResult(isHealthy: boolean): void;
  /** Repetirla daría lo mismo mientras el programa no avise. */
  isSettled(): boolean;
}

/**
 * Una sonda de un contenedor: primera pasada al arrancar, y luego en los turnos de su periodo.
 * Sobre un programa estable no se repite en balde: espera a que avise. Por eso 30 días en reposo no cuestan nada.
 */
// Sigue a kubernetes: pkg/kubelet/prober/worker.go (doProbe).
export function createProber({ clock, probe, since, startedAt, run, onOutcome, onResult, isSettled }: Options): Prober {
  const period = (probe.periodSeconds ?? 10) * 1000;
  const neededFailures = probe.failureThreshold ?? 3;
  const neededSuccesses = probe.successThreshold ?? 1;
  let timer: Timer | undefined;
  let abandon: (() => void) | undefined;
  let isStopped = false;
  let isSleeping = false;
  let isHealthy: boolean | undefined;
  let inARow = 0;

  const nextTurn = (after: number) => since + (Math.floor((after - since) / period) + 1) * period;
  const schedule = (at: number) => {
    timer?.cancel();
    timer = clock.after(at - clock.now(), attempt);
  };
  const attempt = () => {
    timer = undefined;
    let isDone = false;
    const cancel = run((outcome) => {
      isDone = true;
      abandon = undefined;
      if (!isStopped) settle(outcome);
    });
    if (!isDone) abandon = cancel;
  };
  const settle = (outcome: ProbeOutcome) => {
    onOutcome(outcome);
    if (isStopped) return;
    if (outcome.kind !== 'unknown') {
      const isSuccess = outcome.kind === 'success';
      inARow = isHealthy === isSuccess ? inARow + 1 : 1;
      isHealthy = isSuccess;
      const hasReached = inARow >= (isSuccess ? neededSuccesses : neededFailures);
      if (hasReached) onResult(isSuccess);
      if (isStopped) return;
      if (hasReached && isSettled()) {
        isSleeping = true;
        return;
      }
    }
    schedule(nextTurn(clock.now()));
  };

  const delay = (probe.initialDelaySeconds ?? 0) * 1000;
  schedule(delay === 0 ? clock.now() : nextTurn(startedAt + delay - 1));
  return {
    wake() {
      if (!isSleeping || isStopped) return;
      isSleeping = false;
      schedule(nextTurn(clock.now()));
    },
    stop() {
      isStopped = true;
      timer?.cancel();
      abandon?.();
    },
  };
}
