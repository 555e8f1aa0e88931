import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import { goDuration } from './backoff.ts';
import type { ManagedContainer } from './container.ts';
import type { Machine } from './machine.ts';
import { createImageAttempts, type ImageAttempts, startContainer } from './start-container.ts';
import { nextToStart } from './start-order.ts';

/** Pone en marcha los contenedores de un Pod, de uno en uno, y los repone con su espera. */
export interface PodStart {
  /** Mira si toca arrancar alguno. */
  pump(): void;
  /** Lo que le impedía arrancar ha cambiado: sin esperar más. */
  retryNow(container: ManagedContainer): void;
  /** Deja lo que estuviera a medias. */
  cancel(): void;
}

interface Options {
  world: World;
  machine: Machine;
  pod: Pod;
  containers: readonly ManagedContainer[];
  isAllowed(): boolean;
  isStopping(container: ManagedContainer): boolean;
  later(delay: number, run: () => void): void;
  event(type: 'Normal' | 'Warning', reason: string, message: string, container: ManagedContainer): void;
  publish(): void;
  publishSoon(delay: number): void;
  onStarted(container: ManagedContainer): void;
  /** No hay nada que arrancar ahora mismo. */
  onIdle(): void;
}

// Sigue a kubernetes: pkg/kubelet/kuberuntime/kuberuntime_manager.go (SyncPod, doBackOff).
export function createPodStart({
  world,
  machine,
  pod,
  containers,
  isAllowed,
  isStopping,
  later,
  event,
  publish,
  publishSoon,
  onStarted,
  onIdle,
}: Options): PodStart {
  const { clock } = world;
  const { name = '', namespace = '', uid = '' } = pod.metadata;
  const policy = pod.spec?.restartPolicy ?? 'Always';
  const attempts = new Map<ManagedContainer, ImageAttempts>();
  /** Esperan a poder intentarlo otra vez; los demás no se paran por ellos. */
  const blocked = new Set<ManagedContainer>();
  let current: { container: ManagedContainer; cancel(): void } | undefined;

  const retry = (container: ManagedContainer, delay: number, onAwake: () => void = () => {}) => {
    blocked.add(container);
    later(delay, () => {
      blocked.delete(container);
      onAwake();
      pump();
    });
    pump();
  };

  const isRepeating = ({ finishedAt, state }: ManagedContainer) =>
    finishedAt > 0 && (state.terminated !== undefined || state.waiting?.reason === 'CrashLoopBackOff' || state.waiting?.reason === 'PodInitializing');

  const pump = () => {
    if (current || !isAllowed()) return;
    const next = nextToStart(containers, policy, (container) => !blocked.has(container) && !isStopping(container));
    if (!next) return onIdle();
    if (isRepeating(next)) {
      const wait = next.restarts.remaining(next.finishedAt, clock.now());
      if (wait > 0) return backOff(next, wait);
      next.restarts.next(next.finishedAt, clock.now());
    }
    launch(next);
  };

  const launch = (container: ManagedContainer) => {
    let tries = attempts.get(container);
    if (!tries) attempts.set(container, (tries = createImageAttempts()));
    let isHeld = true;
    const release = () => {
      isHeld = false;
      if (current?.container === container) current = undefined;
    };
    const cancel = startContainer(world, machine, container, tries, {
      event: (about, type, reason, message) => event(type, reason, message, about),
      onWaiting: () => publishSoon(machine.random.between(5, 20)),
      onStarted() {
        release();
        if (container.isRunning) onStarted(container);
        publishSoon(machine.untilRelist());
        pump();
      },
      onRetry(delay) {
        release();
        retry(container, delay);
      },
    });
    if (isHeld) current = { container, cancel };
  };

  const backOff = (container: ManagedContainer, wait: number) => {
    const where = `${name}_${namespace}(${uid})`;
    event('Warning', 'BackOff', `Back-off restarting failed container ${container.spec.name} in pod ${where}`, container);
    // El kubelet no vuelve a mirar hasta que acaba la espera (o un minuto): hasta entonces se ve cómo acabó, no que está esperando.
    retry(container, Math.min(wait, 60_000) * machine.random.between(1, 1.5), () => {
      if (isStopping(container) || !isAllowed()) return;
      container.wait('CrashLoopBackOff', `back-off ${goDuration(container.restarts.delay)} restarting failed container=${container.spec.name} pod=${where}`);
      publish();
    });
  };

  return {
    pump,
    retryNow(container) {
      attempts.delete(container);
      blocked.delete(container);
      pump();
    },
    cancel() {
      current?.cancel();
      current = undefined;
      blocked.clear();
    },
  };
}
