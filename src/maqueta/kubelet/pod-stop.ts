import type { Clock } from '../clock/clock.ts';
import type { ManagedContainer } from './container.ts';
import type { runAction } from './run-action.ts';
import { type Stopping, stopContainer } from './stop-container.ts';

/** La despedida de los contenedores de un Pod. */
export interface PodStop {
  isStopping(container: ManagedContainer): boolean;
  /** Para uno solo, con su propia gracia. */
  stop(container: ManagedContainer, grace: number): void;
  /** Empieza a parar el Pod entero. */
  begin(grace: number): void;
  /** Sigue con lo que toque parar. Devuelve si ya no queda nada vivo. */
  advance(): boolean;
  shorten(grace: number): void;
  forget(container: ManagedContainer): void;
}

interface Options {
  clock: Clock;
  containers: readonly ManagedContainer[];
  target(container: ManagedContainer): Parameters<typeof runAction>[2];
  event(type: 'Normal' | 'Warning', reason: string, message: string, container: ManagedContainer): void;
}

export function createPodStop({ clock, containers, target, event }: Options): PodStop {
  const stopping = new Map<ManagedContainer, Stopping>();
  let deadline = Number.POSITIVE_INFINITY;
  const stops: PodStop = {
    isStopping: (container) => stopping.has(container),
    stop(container, grace) {
      if (stopping.has(container) || !container.isRunning) return;
      const onHookFailed = (message: string) => event('Warning', 'FailedPreStopHook', message, container);
      stopping.set(container, stopContainer({ clock, container, grace, target: target(container), onHookFailed }));
    },
    begin(grace) {
      deadline = clock.now() + grace * 1000;
    },
    advance() {
      const alive = containers.filter(({ isRunning }) => isRunning);
      const others = alive.filter(({ kind }) => kind !== 'sidecar');
      // Primero todos a la vez; cuando no quedan, los sidecars, del último al primero.
      for (const container of others.length > 0 ? others : alive.slice(-1)) {
        if (stopping.has(container)) continue;
        event('Normal', 'Killing', `Stopping container ${container.spec.name}`, container);
        stops.stop(container, Math.max(0, (deadline - clock.now()) / 1000));
      }
      return alive.length === 0;
    },
    shorten(grace) {
      const sooner = clock.now() + grace * 1000;
      if (sooner >= deadline) return;
      deadline = sooner;
      for (const one of stopping.values()) one.shorten(deadline);
    },
    forget(container) {
      stopping.get(container)?.cancel();
      stopping.delete(container);
    },
  };
  return stops;
}
