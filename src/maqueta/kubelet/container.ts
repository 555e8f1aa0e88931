import { createFileSystem } from '../programs/file-system.ts';
import type { Image, Signal } from '../programs/program.ts';
import type { Volume as Files } from '../programs/volume.ts';
import { parseQuantity } from '../quantity.ts';
import type { Container, ContainerState, ContainerStateTerminated, ContainerStatus, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import { type ContainerLog, createContainerLog } from './container-log.ts';
import { commandOf, digest, hostnameOf, mountsOf, notFound, resolveBinary, terminationMessage } from './container-setup.ts';
import { environmentOf, expandVariables } from './environment.ts';
import { contextOf, execInside, type Life } from './life.ts';
import type { Machine } from './machine.ts';
import type { ExecResult } from './runtime.ts';

export type ContainerKind = 'init' | 'sidecar' | 'main';

/** Lo que el contenedor necesita de su Pod. */
export interface Host {
  readonly world: World;
  readonly machine: Machine;
  /** El Pod, con su IP ya puesta. */
  pod(): Pod;
  address(): string;
  volume(name: string): Files | undefined;
  onExit(): void;
  onHealthChange(): void;
}

/** Un contenedor de un Pod, con todas sus vidas: cada reinicio es otro proceso y otro registro. */
export interface ManagedContainer {
  readonly spec: Container;
  readonly kind: ContainerKind;
  readonly restarts: Backoff;
  state: ContainerState;
  /** Ha pasado su sonda de arranque, o no tiene. */
  isStarted: boolean;
  isReady: boolean;
  readonly isRunning: boolean;
  readonly isStable: boolean;
  /** Instante exacto en que acabó la última vida. */
  readonly finishedAt: number;
  readonly startedAt: number;
  /** Bytes que ocupa ahora. */
  readonly memory: number;
  /** Las veces que ha vuelto a empezar: el número de su archivo de registro. */
  readonly restartCount: number;
  readonly log: ContainerLog | undefined;
  readonly previousLog: ContainerLog | undefined;
  /** Crea y arranca una vida nueva. Lanza `ConfigError` si no se puede ni preparar. */
  start(image: Image): void;
  /** Espera para empezar o volver a empezar; lo terminado pasa a `lastState`. */
  wait(reason: string, message?: string): void;
  /** Ya no va a arrancar más: se ve cómo acabó la última vez o, si nunca arrancó, que sigue por crear. */
  settle(): void;
  /** Su definición ha cambiado: vale para la próxima vida. */
  change(spec: Container): void;
  signal(): void;
  kill(reason?: string): void;
  /** El proceso desaparece sin más: se fue la luz. */
  vanish(): void;
  exec(command: readonly string[], stdin: string, onDone: (result: ExecResult) => void): () => void;
  status(): ContainerStatus;
}

export function createContainer(host: Host, first: Container, kind: ContainerKind, waitingReason: string): ManagedContainer {
  let spec = first;
  const { world, machine } = host;
  const { clock, network } = world;
  const limit = spec.resources?.limits?.memory ? parseQuantity(spec.resources.limits.memory) : Number.POSITIVE_INFINITY;
  let life: Life | undefined;
  let image: Image | undefined;
  let last: ContainerStateTerminated | undefined;
  let beforeLast: ContainerStateTerminated | undefined;
  let restartCount = -1;
  let finishedAt = 0;
  let startedAt = 0;
  let containerId = '';
  let log: ContainerLog | undefined;
  let previousLog: ContainerLog | undefined;

  /** Lo que acabó deja de ser lo de ahora. */
  const remember = () => {
    if (!container.state.terminated) return;
    beforeLast = last;
    last = container.state.terminated;
  };

  const end = (exitCode: number, reason?: string, message?: string) => {
    if (!life) return;
    const ended = life;
    life = undefined;
    ended.process?.stop();
    for (const child of ended.children) child.stop();
    for (const [port, stop] of ended.ports) {
      stop();
      network.reset(host.address(), port);
    }
    finishedAt = clock.now();
    ended.log.close(finishedAt);
    const said = message ?? terminationMessage(spec, ended.files, ended.log, exitCode);
    container.isReady = false;
    container.isStarted = false;
    container.state = {
      terminated: {
        exitCode,
        reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
        ...(said ? { message: said } : {}),
        startedAt: timestamp(ended.startedAt),
        finishedAt: timestamp(finishedAt),
        containerID: ended.id,
      },
    };
    host.onExit();
  };

  const contextFor = (owner: Life, used: Image, argv: readonly string[]) =>
    contextOf({
      host,
      spec,
      life: owner,
      image: used,
      argv,
      memoryLimit: limit,
      isCurrent: () => life === owner,
      onExit: end,
      onOutOfMemory: () => end(137, 'OOMKilled'),
      deliver,
    });

  const deliver = (signal: Signal) => {
    const current = life;
    if (!current?.process || current.process.signal(signal)) return;
    // El proceso 1 de un contenedor ignora lo que no atiende; si comparte espacio de procesos, ya no es el 1.
    if (host.pod().spec?.shareProcessNamespace) end(128 + (signal === 'SIGQUIT' ? 3 : signal === 'SIGINT' ? 2 : 15));
  };

  const container: ManagedContainer = {
    get spec() {
      return spec;
    },
    kind,
    restarts: createBackoff(),
    state: { waiting: { reason: waitingReason } },
    isStarted: false,
    isReady: false,
    get isRunning() {
      return life !== undefined;
    },
    get isStable() {
      return life?.process?.isStable ?? true;
    },
    get finishedAt() {
      return finishedAt;
    },
    get startedAt() {
      return startedAt;
    },
    get memory() {
      return life?.memory ?? 0;
    },
    get restartCount() {
      return Math.max(0, restartCount);
    },
    get log() {
      return log;
    },
    get previousLog() {
      return previousLog;
    },
    start(used) {
      const pod = host.pod();
      const env: Record<string, string> = { ...used.env, HOSTNAME: hostnameOf(pod, machine.name), ...environmentOf(world, pod, spec) };
      const expand = (text: string) => expandVariables(text, (name) => env[name]);
      const mounts = mountsOf(spec, host.volume, expand);
      const argv = commandOf(spec, used, env);
      image = used;
      restartCount += 1;
      remember();
      containerId = `containerd://${machine.random.uuid().replaceAll('-', '')}${machine.random.uuid().replaceAll('-', '')}`;
      previousLog = log;
      log = createContainerLog();
      startedAt = clock.now();
      const created: Life = {
        id: containerId,
        startedAt,
        log,
        env,
        ports: new Map(),
        children: new Set(),
        process: undefined,
        memory: 0,
        files: createFileSystem({
          mounts,
          isReadOnly: spec.securityContext?.readOnlyRootFilesystem === true,
          image: used.files,
          files: {
            '/etc/hostname': `${hostnameOf(pod, machine.name)}\n`,
            '/etc/hosts': `127.0.0.1\tlocalhost\n${host.address()}\t${hostnameOf(pod, machine.name)}\n`,
          },
          allocate: (bytes) => context.allocate(bytes),
        }),
      };
      const context = contextFor(created, used, argv);
      life = created;
      const binary = resolveBinary(used, argv[0] ?? '');
      if (!binary) {
        const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${argv[0] ?? ''}": ${notFound(argv[0] ?? '')}`;
        startedAt = 0;
        end(128, 'StartError', message);
        return;
      }
      container.state = { running: { startedAt: timestamp(startedAt) } };
      const process = binary(context);
      // Pudo morir al nacer, por memoria.
      if (life === created) created.process = process;
      else process.stop();
    },
    wait(reason, message) {
      remember();
      container.state = { waiting: { reason, ...(message ? { message } : {}) } };
    },
    settle() {
      if (!container.state.waiting) return;
      container.state = last ? { terminated: last } : { waiting: { reason: waitingReason } };
      last = beforeLast;
      beforeLast = undefined;
    },
    change(next) {
      spec = next;
    },
    signal: () => deliver(image?.stopSignal ?? 'SIGTERM'),
    kill: (reason) => end(137, reason),
    vanish() {
      if (!life) return;
      end(255, 'Unknown');
    },
    exec(command, stdin, onDone) {
      if (life && image) return execInside(contextFor(life, image, command), life, image, command, stdin, onDone);
      onDone({ stdout: '', stderr: 'container not running\n', exitCode: 126 });
      return () => {};
    },
    status() {
      const isRunning = container.state.running !== undefined;
      const used = image;
      const terminated = container.state.terminated;
      return {
        name: spec.name,
        state: container.state,
        lastState: last ? { terminated: last } : {},
        ready: kind === 'init' ? terminated?.exitCode === 0 : container.isReady,
        restartCount: Math.max(0, restartCount),
        image: spec.image ?? '',
        imageID: used ? `${used.name.replace(/:[^:/]*$/, '')}@sha256:${digest(used.name)}` : '',
        ...(containerId ? { containerID: containerId } : {}),
        started: isRunning && container.isStarted,
      };
    },
  };
  return container;
}
