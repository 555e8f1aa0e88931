import type { ManagedContainer } from './container.ts';

type Policy = 'Always' | 'Never' | 'OnFailure';

/** Qué contenedor toca poner en marcha. `isFree` dice cuáles no esperan nada: ni su turno de reintento ni su final. */
// Sigue a kubernetes: pkg/kubelet/kuberuntime/kuberuntime_container.go (computeInitContainerActions) y kuberuntime_manager.go (computePodActions).
export function nextToStart(
  containers: readonly ManagedContainer[],
  policy: Policy,
  isFree: (container: ManagedContainer) => boolean,
): ManagedContainer | undefined {
  const isDue = (container: ManagedContainer) => !container.isRunning && isFree(container);
  for (const container of containers) {
    if (container.kind === 'main') continue;
    if (container.kind === 'sidecar') {
      if (!container.isRunning) return isDue(container) ? container : undefined;
      // El siguiente espera a que su sonda de arranque pase.
      if (!container.isStarted) return undefined;
      continue;
    }
    const code = container.state.terminated?.exitCode;
    if (code === 0) continue;
    if (!isDue(container) || (code !== undefined && policy === 'Never')) return undefined;
    return container;
  }
  return containers.find((container) => container.kind === 'main' && isDue(container) && shouldRun(container, policy));
}

export function shouldRun({ state: { terminated } }: ManagedContainer, policy: Policy): boolean {
  return !terminated || policy === 'Always' || (policy === 'OnFailure' && terminated.exitCode !== 0);
}

/** Un init que no se va a repetir ha fallado: el Pod no puede seguir. */
export const hasFailedInit = (containers: readonly ManagedContainer[], policy: Policy): boolean =>
  policy === 'Never' && containers.some(({ kind, state }) => kind === 'init' && (state.terminated?.exitCode ?? 0) !== 0);

/** No queda nada por correr. */
export const isCompleted = (containers: readonly ManagedContainer[], policy: Policy): boolean =>
  hasFailedInit(containers, policy) ||
  containers.every(
    (container) => container.kind !== 'main' || (!container.isRunning && container.state.terminated !== undefined && !shouldRun(container, policy)),
  );
