import type { Raw } from '../site.ts';

export const isPodReady = (pod: Raw): boolean => pod.status?.conditions?.some(({ type, status }: Raw) => type === 'Ready' && status === 'True') ?? false;

export const restartsOf = (pod: Raw): number => (pod.status?.containerStatuses ?? []).reduce((sum: number, one: Raw) => sum + (one.restartCount ?? 0), 0);

/** La columna STATUS de kubectl. Escrita aparte de la de la maqueta, para que un fallo suyo no se esconda. */
// Sigue a kubernetes: pkg/printers/internalversion/printers.go (printPod).
export function podStatusWord(pod: Raw): string {
  const { status = {}, spec = {}, metadata } = pod;
  let reason: string = status.reason || status.phase;
  if (status.conditions?.some((one: Raw) => one.type === 'PodScheduled' && one.reason === 'SchedulingGated')) reason = 'SchedulingGated';
  const sidecars = new Set((spec.initContainers ?? []).filter((one: Raw) => one.restartPolicy === 'Always').map((one: Raw) => one.name));
  let isInitializing = false;
  const initStatuses = status.initContainerStatuses ?? [];
  for (const [index, container] of initStatuses.entries()) {
    const { terminated, waiting } = container.state ?? {};
    if (terminated && terminated.exitCode === 0) continue;
    if (sidecars.has(container.name) && container.started) continue;
    if (terminated) reason = `Init:${terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${index}/${(spec.initContainers ?? []).length}`;
    isInitializing = true;
    break;
  }
  const hasInitialized = status.conditions?.some((one: Raw) => one.type === 'Initialized' && one.status === 'True');
  if (!isInitializing || hasInitialized) {
    let hasRunning = false;
    for (const container of [...(status.containerStatuses ?? [])].reverse()) {
      const { waiting, terminated, running } = container.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) reason = terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`);
      else if (container.ready && running) hasRunning = true;
    }
    if (reason === 'Completed' && hasRunning) reason = isPodReady(pod) ? 'Running' : 'NotReady';
  }
  if (metadata.deletionTimestamp && status.reason === 'NodeLost') return 'Unknown';
  const isOver = status.phase === 'Failed' || status.phase === 'Succeeded';
  return metadata.deletionTimestamp && !isOver ? 'Terminating' : reason;
}
