import { ApiError } from '../registry/api-error.ts';
import type { Pod } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import type { ManagedContainer } from './container.ts';
import type { PodWorker } from './pod-worker.ts';
import type { LogOptions, Runtime } from './runtime.ts';

type Find = (pod: Pod) => { worker: PodWorker | undefined; isReachable: boolean; address: string };

/** Lo que el servidor de API pide al kubelet, con los errores que da cuando no puede. */
export function createRuntime({ clock }: Pick<World, 'clock'>, find: Find): Runtime {
  const bad = (message: string) => new ApiError(400, 'BadRequest', message);

  const locate = (pod: Pod, wanted: string | undefined, action: string): ManagedContainer => {
    const { namespace = '', name = '' } = pod.metadata;
    const names = pod.spec?.containers.map((container) => container.name) ?? [];
    const chosen = wanted || pod.metadata.annotations?.['kubectl.kubernetes.io/default-container'] || (names.length === 1 ? names[0] : undefined);
    if (!chosen) {
      const init = pod.spec?.initContainers?.map((container) => container.name) ?? [];
      throw bad(
        `a container name must be specified for pod ${name}, choose one of: [${names.join(' ')}]${init.length > 0 ? ` or one of the init containers: [${init.join(' ')}]` : ''}`,
      );
    }
    const isKnown = [...names, ...(pod.spec?.initContainers ?? []).map((container) => container.name)].includes(chosen);
    if (!isKnown) throw bad(`container ${chosen} is not valid for pod ${name}`);
    if (!pod.spec?.nodeName) throw bad(`pod ${name} does not have a host assigned`);
    const { worker, isReachable, address } = find(pod);
    if (!isReachable)
      throw new ApiError(
        500,
        'InternalError',
        `Get "https://${address}:10250/${action}/${namespace}/${name}/${chosen}": dial tcp ${address}:10250: connect: no route to host`,
      );
    const container = worker?.container(chosen);
    if (!container) throw bad(`container "${chosen}" in pod "${name}" is waiting to start: ContainerCreating`);
    return container;
  };

  const logOf = (pod: Pod, options: LogOptions) => {
    const container = locate(pod, options.container, 'containerLogs');
    const { name = '' } = pod.metadata;
    if (options.previous) {
      const previous = container.isRunning || container.state.terminated ? container.previousLog : container.log;
      if (!previous) throw bad(`previous terminated container "${container.spec.name}" in pod "${name}" not found`);
      return previous;
    }
    if (!container.log)
      throw bad(
        `container "${container.spec.name}" in pod "${name}" is waiting to start: ${container.state.waiting?.message ?? container.state.waiting?.reason ?? 'ContainerCreating'}`,
      );
    return container.log;
  };

  return {
    logs: (pod, options) => logOf(pod, options).read(options, clock.now()),
    followLogs(pod, options, onText, onEnd) {
      const log = logOf(pod, options);
      const text = log.read(options, clock.now());
      if (text) onText(text);
      return log.follow((line) => (line === undefined ? onEnd() : onText(line)), options.timestamps ?? false);
    },
    exec(pod, container, command, stdin, onDone) {
      const found = locate(pod, container, 'exec');
      if (!found.isRunning) throw new ApiError(500, 'InternalError', `unable to upgrade connection: container not found ("${found.spec.name}")`);
      found.exec(command, stdin, onDone);
    },
  };
}
