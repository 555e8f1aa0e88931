import type { Clock } from '../clock/clock.ts';
import { goDuration } from './backoff.ts';
import type { ManagedContainer } from './container.ts';
import { createProber, type Prober } from './probe.ts';
import { runAction } from './run-action.ts';

export type ProbeKind = 'startup' | 'liveness' | 'readiness';

const names = { startup: 'Startup', liveness: 'Liveness', readiness: 'Readiness' } as const;

/** Las sondas de todos los contenedores de un Pod. */
export interface PodProbes {
  /** Empieza por la de arranque; cuando pasa, o si no hay, van las otras dos. */
  start(container: ManagedContainer): void;
  stop(container: ManagedContainer, kept?: readonly ProbeKind[]): void;
  wake(): void;
}

interface Options {
  clock: Clock;
  /** Cuándo conoció el kubelet el Pod: los turnos se cuentan desde ahí. */
  since: number;
  target(container: ManagedContainer): Parameters<typeof runAction>[2];
  event(type: 'Warning', reason: string, message: string, container: ManagedContainer): void;
  onStarted(container: ManagedContainer): void;
  onReadiness(): void;
  /** La de arranque o la de vida han fallado las veces que hacían falta. */
  onUnhealthy(container: ManagedContainer, kind: 'startup' | 'liveness'): void;
}

export function createPodProbes({ clock, since, target, event, onStarted, onReadiness, onUnhealthy }: Options): PodProbes {
  const probers = new Map<ManagedContainer, Map<ProbeKind, Prober>>();

  const started = (container: ManagedContainer) => {
    container.isStarted = true;
    if (container.spec.readinessProbe) add(container, 'readiness');
    else container.isReady = true;
    if (container.spec.livenessProbe) add(container, 'liveness');
    onStarted(container);
  };

  const onResult = (container: ManagedContainer, kind: ProbeKind, isHealthy: boolean) => {
    if (kind === 'readiness') {
      if (container.isReady === isHealthy) return;
      container.isReady = isHealthy;
      return onReadiness();
    }
    if (!isHealthy) return onUnhealthy(container, kind);
    if (kind === 'liveness' || container.isStarted) return;
    probers.get(container)?.get('startup')?.stop();
    started(container);
    onReadiness();
  };

  const add = (container: ManagedContainer, kind: ProbeKind) => {
    const probe = container.spec[`${kind}Probe`];
    if (!probe) return;
    const kinds = probers.get(container) ?? new Map<ProbeKind, Prober>();
    probers.set(container, kinds);
    kinds.get(kind)?.stop();
    const timeout = (probe.timeoutSeconds ?? 1) * 1000;
    const prober = createProber({
      clock,
      probe,
      since,
      startedAt: container.startedAt,
      run(onDone) {
        if (!probe.exec) return runAction(probe, timeout, target(container), onDone);
        const limit = clock.after(timeout, () => {
          cancel();
          onDone({ kind: 'failure', message: `command timed out: ${JSON.stringify(probe.exec?.command?.join(' '))} timed out after ${goDuration(timeout)}` });
        });
        const cancel = runAction(probe, timeout, target(container), (outcome) => {
          limit.cancel();
          onDone(outcome);
        });
        return () => {
          limit.cancel();
          cancel();
        };
      },
      onOutcome(outcome) {
        if (outcome.kind === 'success') return;
        event(
          'Warning',
          'Unhealthy',
          `${names[kind]} probe ${outcome.kind === 'failure' ? 'failed' : 'errored and resulted in unknown state'}: ${outcome.message}`,
          container,
        );
      },
      onResult: (isHealthy) => onResult(container, kind, isHealthy),
      isSettled: () => container.isStable && !probe.exec,
    });
    kinds.set(kind, prober);
  };

  return {
    start(container) {
      if (container.spec.startupProbe) add(container, 'startup');
      else started(container);
    },
    stop(container, kept = []) {
      for (const [kind, prober] of probers.get(container) ?? []) {
        if (kept.includes(kind)) continue;
        prober.stop();
        probers.get(container)?.delete(kind);
      }
    },
    wake() {
      for (const kinds of probers.values()) for (const prober of kinds.values()) prober.wake();
    },
  };
}
