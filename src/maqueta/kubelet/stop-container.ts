import type { Clock, Timer } from '../clock/clock.ts';
import type { ManagedContainer } from './container.ts';
import { runAction } from './run-action.ts';

export interface Stopping {
  /** El plazo se acortó: nuevo instante límite. */
  shorten(deadline: number): void;
  /** Ya no hace falta: murió. */
  cancel(): void;
}

interface Options {
  clock: Clock;
  container: ManagedContainer;
  /** Segundos entre que se le pide y que se le mata. */
  grace: number;
  target: Parameters<typeof runAction>[2];
  onHookFailed(message: string): void;
}

/** Por corta que sea la gracia, o por mucho que dure el preStop, quedan al menos dos segundos para atender la señal. */
const least = 2000;

/** preStop, SIGTERM, gracia y SIGKILL. */
// Sigue a kubernetes: pkg/kubelet/kuberuntime/kuberuntime_container.go (killContainer, executePreStopHook).
export function stopContainer({ clock, container, grace, target, onHookFailed }: Options): Stopping {
  const { preStop } = container.spec.lifecycle ?? {};
  const start = clock.now();
  let deadline = start + grace * 1000;
  let killer: Timer | undefined;
  let hook: (() => void) | undefined;
  /** Su preStop sigue corriendo, aunque ya no se le espere. */
  let isHooked = false;
  let isSignalled = false;

  const signal = () => {
    if (isSignalled) return;
    isSignalled = true;
    if (preStop?.sleep) hook?.();
    // Lo que duró el preStop se descuenta en segundos enteros.
    deadline = Math.max(deadline + ((clock.now() - start) % 1000), clock.now() + least);
    killer?.cancel();
    killer = clock.after(deadline - clock.now(), () => container.kill());
    container.signal();
  };

  if (!preStop || grace <= 0) signal();
  else {
    // Un preStop que no acaba no alarga el plazo.
    killer = clock.after(grace * 1000, signal);
    if (preStop.sleep) {
      const timer = clock.after(preStop.sleep.seconds * 1000, signal);
      hook = () => timer.cancel();
    } else {
      isHooked = true;
      hook = runAction(preStop, grace * 1000, target, (outcome) => {
        isHooked = false;
        if (outcome.kind !== 'success') onHookFailed('PreStopHook failed');
        signal();
      });
    }
  }

  return {
    shorten(next) {
      const sooner = isSignalled ? Math.max(next, clock.now() + least) : next;
      if (sooner >= deadline) return;
      deadline = sooner;
      killer?.cancel();
      killer = clock.after(deadline - clock.now(), isSignalled ? () => container.kill() : signal);
    },
    cancel() {
      killer?.cancel();
      // Al irse el contenedor se lleva la orden que corría en él: eso también es un preStop que falla.
      if (isHooked && preStop?.exec) onHookFailed('PreStopHook failed');
      isHooked = false;
      hook?.();
    },
  };
}
