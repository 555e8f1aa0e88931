import type { Timer } from '../clock/clock.ts';
import { canonicalImage, findImage } from '../programs/registry.ts';
import type { World } from '../world.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import { ConfigError } from './config-error.ts';
import type { ManagedContainer } from './container.ts';
import type { Machine } from './machine.ts';

/** Lo que el arranque cuenta a su Pod. */
interface Hooks {
  event(container: ManagedContainer, type: 'Normal' | 'Warning', reason: string, message: string): void;
  /** El estado de espera cambió. */
  onWaiting(): void;
  /** Arrancó. */
  onStarted(): void;
  /** No pudo; hay que volver a intentarlo en `delay` ms. */
  onRetry(delay: number): void;
}

/** Los sucesivos intentos de un contenedor por tener su imagen. */
export interface ImageAttempts {
  backoff: Backoff;
  failedAt: number;
  error: string;
}

export const createImageAttempts = (): ImageAttempts => ({ backoff: createBackoff(), failedAt: 0, error: '' });

/**
 * Consigue la imagen, crea el contenedor y lo arranca, con los sucesos de un kubelet 1.37.
 * Devuelve cómo dejarlo a medias.
 */
// Sigue a kubernetes: pkg/kubelet/images/image_manager.go (EnsureImageExists) y pkg/kubelet/kuberuntime/kuberuntime_container.go (startContainer).
export function startContainer({ clock }: World, machine: Machine, container: ManagedContainer, attempts: ImageAttempts, hooks: Hooks): () => void {
  const reference = container.spec.image ?? '';
  const quoted = JSON.stringify(reference);
  const image = findImage(reference);
  const policy = container.spec.imagePullPolicy ?? (canonicalImage(reference).endsWith(':latest') ? 'Always' : 'IfNotPresent');
  const { event } = hooks;
  let cancel = () => {};
  const later = (delay: number, run: () => void) => {
    const timer: Timer = clock.after(delay, run);
    cancel = () => timer.cancel();
  };

  const create = () => {
    later(machine.random.between(20, 90), () => {
      const found = findImage(reference);
      if (!found) return;
      try {
        container.start(found);
      } catch (error) {
        if (!(error instanceof ConfigError)) throw error;
        container.wait('CreateContainerConfigError', error.message);
        event(container, 'Warning', 'Failed', `Error: ${error.message}`);
        hooks.onWaiting();
        return hooks.onRetry(machine.random.between(10_000, 15_000));
      }
      event(container, 'Normal', 'Created', 'Container created');
      if (container.isRunning) event(container, 'Normal', 'Started', 'Container started');
      else event(container, 'Warning', 'Failed', `Error: ${container.state.terminated?.message ?? container.state.terminated?.reason ?? ''}`);
      hooks.onStarted();
    });
  };

  const isPresent = image !== undefined && machine.hasImage(image);
  if (isPresent && policy !== 'Always') {
    event(container, 'Normal', 'Pulled', `Container image ${quoted} already present on machine and can be accessed by the pod`);
    create();
  } else if (policy === 'Never') {
    const message = `Container image ${quoted} is not present with pull policy of Never`;
    container.wait('ErrImageNeverPull', message);
    event(container, 'Warning', 'ErrImageNeverPull', message);
    event(container, 'Warning', 'Failed', 'Error: ErrImageNeverPull');
    later(0, () => {
      hooks.onWaiting();
      hooks.onRetry(machine.random.between(10_000, 15_000));
    });
  } else if (attempts.backoff.remaining(attempts.failedAt, clock.now()) > 0) {
    const message = `Back-off pulling image ${quoted}`;
    container.wait('ImagePullBackOff', `${message}: ErrImagePull: ${attempts.error}`);
    event(container, 'Normal', 'BackOff', message);
    event(container, 'Warning', 'Failed', 'Error: ImagePullBackOff');
    later(0, () => {
      hooks.onWaiting();
      hooks.onRetry(attempts.backoff.remaining(attempts.failedAt, clock.now()) * machine.random.between(1, 1.1));
    });
  } else {
    event(container, 'Normal', 'Pulling', `Pulling image ${quoted}`);
    cancel = machine.pull(reference, (result) => {
      if (result) {
        const { image: pulled, took, waited } = result;
        event(
          container,
          'Normal',
          'Pulled',
          `Successfully pulled image ${quoted} in ${seconds(took)} (${seconds(waited)} including waiting). Image size: ${pulled.bytes} bytes.`,
        );
        return create();
      }
      const error = pullError(reference);
      attempts.backoff.next(clock.now(), clock.now());
      attempts.failedAt = clock.now();
      attempts.error = error;
      container.wait('ErrImagePull', error);
      event(container, 'Warning', 'Failed', `Failed to pull image ${quoted}: ${error}`);
      event(container, 'Warning', 'Failed', 'Error: ErrImagePull');
      hooks.onWaiting();
      hooks.onRetry(machine.random.between(1000, 3000));
    });
  }
  return () => cancel();
}

/** Como escribe Go una duración corta, redondeada al milisegundo: `812ms`, `1.204s`. */
const seconds = (duration: number): string => {
  const rounded = Math.round(duration);
  return rounded < 1000 ? `${rounded}ms` : `${Number((rounded / 1000).toFixed(3))}s`;
};

/** Lo que dice containerd de una imagen que no está: la etiqueta, si el repositorio existe; si no, que no se puede entrar. */
function pullError(reference: string): string {
  const name = canonicalImage(reference);
  const repository = name.slice(0, name.lastIndexOf(':'));
  const head = `failed to pull and unpack image "${name}": failed to resolve reference "${name}": `;
  const exists = ['latest', '24', '3.10'].some((tag) => findImage(`${repository}:${tag}`));
  if (exists) return `rpc error: code = NotFound desc = ${head}${name}: not found`;
  return `${head}pull access denied, repository does not exist or may require authorization: server message: insufficient_scope: authorization failed`;
}
