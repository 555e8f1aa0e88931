import type { Container, ContainerStatus, Pod } from '../schema/types.generated.ts';
import { humanAge } from './age.ts';

interface PodSummary {
  ready: string;
  status: string;
  restarts: string;
}

/** READY, STATUS y RESTARTS. Sigue a pkg/printers/internalversion/printers.go: printPod. */
export function summarizePod(pod: Pod, now: number): PodSummary {
  const { spec, status } = pod;
  let reason = status?.reason || status?.phase || 'Unknown';
  let restarts = 0;
  let lastRestart = 0;
  const note = (container: ContainerStatus) => {
    restarts += container.restartCount;
    const finished = Date.parse(container.lastState?.terminated?.finishedAt ?? '');
    if (finished > lastRestart) lastRestart = finished;
  };
  const gate = status?.conditions?.find(({ type, status: state }) => type === 'PodScheduled' && state === 'False');
  if (gate?.reason === 'SchedulingGated') reason = 'SchedulingGated';

  const sidecars = new Set((spec?.initContainers ?? []).filter(({ restartPolicy }) => restartPolicy === 'Always').map(({ name }) => name));
  let isInitializing = false;
  for (const [index, container] of (status?.initContainerStatuses ?? []).entries()) {
    if (container.restartCount) note(container);
    const { terminated, waiting } = container.state ?? {};
    if (terminated?.exitCode === 0) continue;
    if (sidecars.has(container.name) && container.started) continue;
    if (terminated) reason = `Init:${terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`)}`;
    else if (waiting?.reason && waiting.reason !== 'PodInitializing') reason = `Init:${waiting.reason}`;
    else reason = `Init:${index}/${spec?.initContainers?.length ?? 0}`;
    isInitializing = true;
    break;
  }
  let readyCount = (status?.initContainerStatuses ?? []).filter(({ name, ready, state }) => sidecars.has(name) && ready && state?.running).length;
  if (!isInitializing) {
    restarts = (status?.initContainerStatuses ?? []).filter(({ name }) => sidecars.has(name)).reduce((sum, one) => sum + one.restartCount, 0);
    let hasRunning = false;
    for (const container of [...(status?.containerStatuses ?? [])].reverse()) {
      note(container);
      const { terminated, waiting, running } = container.state ?? {};
      if (waiting?.reason) reason = waiting.reason;
      else if (terminated) reason = terminated.reason || (terminated.signal ? `Signal:${terminated.signal}` : `ExitCode:${terminated.exitCode}`);
      else if (container.ready && running) {
        hasRunning = true;
        readyCount += 1;
      }
    }
    if (reason === 'Completed' && hasRunning)
      reason = status?.conditions?.some(({ type, status: state }) => type === 'Ready' && state === 'True') ? 'Running' : 'NotReady';
  }
  if (pod.metadata.deletionTimestamp)
    reason = status?.reason === 'NodeLost' ? 'Unknown' : status?.phase === 'Failed' || status?.phase === 'Succeeded' ? reason : 'Terminating';
  const total = (spec?.containers.length ?? 0) + sidecars.size;
  return {
    ready: `${readyCount}/${total}`,
    status: reason,
    restarts: restarts > 0 && lastRestart > 0 ? `${restarts} (${humanAge(now - lastRestart)} ago)` : String(restarts),
  };
}

export const containerNames = (containers: readonly Container[] | undefined): string => (containers ?? []).map(({ name }) => name).join(',');
export const containerImages = (containers: readonly Container[] | undefined): string => (containers ?? []).map(({ image }) => image).join(',');
