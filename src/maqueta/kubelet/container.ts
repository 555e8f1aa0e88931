import type { Origin } from '../network/network.ts';
import { createFileSystem, type FileSystem, type Mount, normalize } from '../programs/file-system.ts';
import type { Binary, Image, Process, ProcessContext, Signal } from '../programs/program.ts';
import { findBinary } from '../programs/shell/shell.ts';
import type { Volume as Files } from '../programs/volume.ts';
import { parseQuantity } from '../quantity.ts';
import type { Container, ContainerState, ContainerStateTerminated, ContainerStatus, Pod } from '../schema/types.generated.ts';
import { timestamp, type World } from '../world.ts';
import { type Backoff, createBackoff } from './backoff.ts';
import { type ContainerLog, createContainerLog } from './container-log.ts';
import { ConfigError, environmentOf, expandVariables } from './environment.ts';
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
  readonly log: ContainerLog | undefined;
  readonly previousLog: ContainerLog | undefined;
  /** Crea y arranca una vida nueva. Lanza `ConfigError` si no se puede ni preparar. */
  start(image: Image): void;
  /** Espera para empezar o volver a empezar; lo terminado pasa a `lastState`. */
  wait(reason: string, message?: string): void;
  signal(): void;
  kill(reason?: string): void;
  /** El proceso desaparece sin más: se fue la luz. */
  vanish(): void;
  exec(command: readonly string[], stdin: string, onDone: (result: ExecResult) => void): () => void;
  status(): ContainerStatus;
}

interface Life {
  id: string;
  startedAt: number;
  process: Process | undefined;
  context: ProcessContext;
  log: ContainerLog;
  /** Puertos en los que escucha, para cortar sus conexiones al morir. */
  ports: Map<number, () => void>;
  children: Set<Process>;
  memory: number;
  files: FileSystem;
}

export function createContainer(host: Host, spec: Container, kind: ContainerKind, waitingReason: string): ManagedContainer {
  const { world, machine } = host;
  const { clock, network } = world;
  const limit = spec.resources?.limits?.memory ? parseQuantity(spec.resources.limits.memory) : Number.POSITIVE_INFINITY;
  let life: Life | undefined;
  let image: Image | undefined;
  let last: ContainerStateTerminated | undefined;
  let restartCount = -1;
  let finishedAt = 0;
  let startedAt = 0;
  let containerId = '';
  let log: ContainerLog | undefined;
  let previousLog: ContainerLog | undefined;

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
    container.isReady = false;
    container.isStarted = false;
    container.state = {
      terminated: {
        exitCode,
        reason: reason ?? (exitCode === 0 ? 'Completed' : 'Error'),
        ...(message ? { message } : {}),
        startedAt: timestamp(ended.startedAt),
        finishedAt: timestamp(finishedAt),
        containerID: ended.id,
      },
    };
    host.onExit();
  };

  const contextFor = (current: () => Life | undefined, argv: readonly string[], env: Readonly<Record<string, string>>, used: Image, files: FileSystem): ProcessContext => {
    const pod = host.pod();
    const origin: Origin = { pod };
    return {
      clock,
      random: machine.random.fork(`${containerId}:${argv.join(' ')}`),
      network,
      origin,
      address: host.address(),
      hostname: hostnameOf(pod, machine.name),
      argv,
      env,
      workingDirectory: spec.workingDir ?? used.workingDirectory,
      files,
      binaries: used.binaries,
      stdin: '',
      write: (stream, text) => current()?.log.write(clock.now(), stream, text),
      exit: (code) => {
        if (current() === life) end(code);
      },
      allocate(bytes) {
        const owner = current();
        if (!owner || owner !== life) return false;
        owner.memory += bytes;
        if (owner.memory <= limit) return true;
        // El núcleo lo mata en cuanto se pasa: lo que estuviera haciendo se queda a medias.
        clock.after(0, () => {
          if (life === owner) end(137, 'OOMKilled');
        });
        return false;
      },
      signalMain(signal) {
        if (signal !== 'SIGKILL') deliver(signal);
      },
      healthChanged: () => host.onHealthChange(),
      listen(address, port, handler) {
        const stop = network.listen(address, port, handler);
        const owner = current();
        owner?.ports.set(port, stop);
        return () => {
          stop();
          // Lo que esté en curso sigue: el puerto se olvida cuando muera el proceso.
          owner?.ports.set(port, () => {});
        };
      },
    };
  };

  const deliver = (signal: Signal) => {
    const current = life;
    if (!current?.process || current.process.signal(signal)) return;
    // El proceso 1 de un contenedor ignora lo que no atiende; si comparte espacio de procesos, ya no es el 1.
    if (host.pod().spec?.shareProcessNamespace) end(128 + (signal === 'SIGQUIT' ? 3 : signal === 'SIGINT' ? 2 : 15));
  };

  const container: ManagedContainer = {
    spec,
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
      const command = spec.command?.map(expand) ?? [...used.entrypoint];
      const argv = [...command, ...(spec.args?.map(expand) ?? (spec.command ? [] : used.command))];
      image = used;
      restartCount += 1;
      if (container.state.terminated) last = container.state.terminated;
      containerId = `containerd://${machine.random.uuid().replaceAll('-', '')}${machine.random.uuid().replaceAll('-', '')}`;
      previousLog = log;
      log = createContainerLog();
      startedAt = clock.now();
      const files = createFileSystem({
        mounts,
        image: used.files,
        files: { '/etc/hostname': `${hostnameOf(pod, machine.name)}\n`, '/etc/hosts': `127.0.0.1\tlocalhost\n${host.address()}\t${hostnameOf(pod, machine.name)}\n` },
        allocate: (bytes) => created.context.allocate(bytes),
      });
      const created: Life = { id: containerId, startedAt, process: undefined, context: undefined as unknown as ProcessContext, log, ports: new Map(), children: new Set(), memory: 0, files };
      created.context = contextFor(() => created, argv, env, used, files);
      life = created;
      const binary = resolveBinary(used, argv[0] ?? '');
      if (!binary) {
        const message = `failed to create containerd task: failed to create shim task: OCI runtime create failed: runc create failed: unable to start container process: error during container init: exec: "${argv[0] ?? ''}": ${notFound(argv[0] ?? '')}`;
        startedAt = 0;
        end(128, 'StartError', message);
        return;
      }
      container.state = { running: { startedAt: timestamp(startedAt) } };
      const process = binary(created.context);
      // Pudo morir al nacer, por memoria.
      if (life === created) created.process = process;
      else process.stop();
    },
    wait(reason, message) {
      if (container.state.terminated) last = container.state.terminated;
      container.state = { waiting: { reason, ...(message ? { message } : {}) } };
    },
    signal: () => deliver(image?.stopSignal ?? 'SIGTERM'),
    kill: (reason) => end(137, reason),
    vanish() {
      if (!life) return;
      end(255, 'Unknown');
    },
    exec(command, stdin, onDone) {
      const owner = life;
      if (!owner || !image) {
        onDone({ stdout: '', stderr: 'container not running\n', exitCode: 126 });
        return () => {};
      }
      const binary = resolveBinary(image, command[0] ?? '');
      if (!binary) {
        onDone({ stdout: '', stderr: `OCI runtime exec failed: exec failed: unable to start container process: exec: "${command[0] ?? ''}": ${notFound(command[0] ?? '')}\n`, exitCode: 127 });
        return () => {};
      }
      const output = { stdout: '', stderr: '' };
      let isDone = false;
      const holder: { process?: Process } = {};
      const finish = (exitCode: number) => {
        if (isDone) return;
        isDone = true;
        holder.process?.stop();
        if (holder.process) owner.children.delete(holder.process);
        onDone({ ...output, exitCode });
      };
      const base = contextFor(() => owner, command, owner.context.env, image, owner.files);
      const process = binary({
        ...base,
        stdin,
        write(stream, text) {
          output[stream] += text;
        },
        exit: finish,
      });
      // Si el contenedor muere, lo que corría dentro muere con él.
      const guarded: Process = {
        ...process,
        stop() {
          process.stop();
          if (!isDone && life !== owner) clock.after(0, () => finish(137));
        },
      };
      holder.process = guarded;
      if (!isDone) owner.children.add(guarded);
      return () => {
        isDone = true;
        process.stop();
        owner.children.delete(guarded);
      };
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

export const hostnameOf = ({ spec, metadata }: Pod, node: string): string => (spec?.hostNetwork ? node : (spec?.hostname ?? metadata.name ?? '').slice(0, 63));

const resolveBinary = (image: Image, name: string): Binary | undefined => image.binaries[name] ?? findBinary(image, name);

const notFound = (name: string): string => (name.includes('/') ? `stat ${name}: no such file or directory: unknown` : 'executable file not found in $PATH: unknown');

function mountsOf(spec: Container, volume: (name: string) => Files | undefined, expand: (text: string) => string): Mount[] {
  return (spec.volumeMounts ?? []).map(({ name, mountPath, subPath, subPathExpr, readOnly }) => {
    const files = volume(name);
    if (!files) throw new ConfigError(`cannot find volume "${name}" to mount into container "${spec.name}"`);
    const inside = normalize(subPathExpr ? expand(subPathExpr) : (subPath ?? '')).slice(1);
    if (inside && files.get(inside) === undefined && !files.isReadOnly) files.makeDirectory(inside);
    return { path: normalize(mountPath), volume: files, subPath: inside, isReadOnly: readOnly === true };
  });
}

/** Huella inventada y estable: la maqueta no tiene capas que resumir. */
function digest(text: string): string {
  let out = '';
  for (let round = 0; out.length < 64; round++) {
    let value = 0x811c9dc5 ^ round;
    for (let index = 0; index < text.length; index++) value = Math.imul(value ^ text.charCodeAt(index), 0x01000193);
    out += (value >>> 0).toString(16).padStart(8, '0');
  }
  return out;
}

