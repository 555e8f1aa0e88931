import type { FileSystem } from '../programs/file-system.ts';
import type { Image, Process, ProcessContext, Signal } from '../programs/program.ts';
import type { Container } from '../schema/types.generated.ts';
import type { Host } from './container.ts';
import type { ContainerLog } from './container-log.ts';
import { hostnameOf, notFound, resolveBinary } from './container-setup.ts';
import type { ExecResult } from './runtime.ts';

/** Una vida de un contenedor: su proceso 1, lo que escribe y lo que tiene abierto. */
export interface Life {
  readonly id: string;
  readonly startedAt: number;
  readonly log: ContainerLog;
  readonly files: FileSystem;
  readonly env: Readonly<Record<string, string>>;
  /** Puertos en los que escucha, para cortar sus conexiones al morir. */
  readonly ports: Map<number, () => void>;
  /** Lo que corre dentro por `exec`. */
  readonly children: Set<Process>;
  process: Process | undefined;
  memory: number;
}

interface Options {
  host: Host;
  spec: Container;
  life: Life;
  image: Image;
  argv: readonly string[];
  memoryLimit: number;
  isCurrent(): boolean;
  onExit(code: number): void;
  onOutOfMemory(): void;
  deliver(signal: Signal): void;
}

/** Lo que ve el proceso 1 de un contenedor. */
export function contextOf({ host, spec, life, image, argv, memoryLimit, isCurrent, onExit, onOutOfMemory, deliver }: Options): ProcessContext {
  const { clock, network } = host.world;
  const pod = host.pod();
  return {
    clock,
    random: host.machine.random.fork(`${life.id}:${argv.join(' ')}`),
    network,
    origin: { pod },
    address: host.address(),
    hostname: hostnameOf(pod, host.machine.name),
    argv,
    env: life.env,
    workingDirectory: spec.workingDir ?? image.workingDirectory,
    files: life.files,
    binaries: image.binaries,
    stdin: '',
    write: (stream, text) => life.log.write(clock.now(), stream, text),
    exit(code) {
      if (isCurrent()) onExit(code);
    },
    allocate(bytes) {
      if (!isCurrent()) return false;
      life.memory += bytes;
      if (life.memory <= memoryLimit) return true;
      // El núcleo lo mata en cuanto se pasa: lo que estuviera haciendo se queda a medias.
      clock.after(0, () => {
        if (isCurrent()) onOutOfMemory();
      });
      return false;
    },
    // El núcleo no deja que nadie de dentro mate al proceso 1 con SIGKILL.
    signalMain(signal) {
      if (signal !== 'SIGKILL') deliver(signal);
    },
    healthChanged: () => host.onHealthChange(),
    listen(address, port, handler) {
      const stop = network.listen(address, port, handler);
      life.ports.set(port, stop);
      return () => {
        stop();
        // Lo que esté en curso sigue: el puerto se olvida cuando muera el proceso.
        life.ports.set(port, () => {});
      };
    },
  };
}

/** Corre una orden dentro de una vida: `kubectl exec`, una sonda, un gancho. Devuelve cómo abandonarla. */
export function execInside(
  base: ProcessContext,
  life: Life,
  image: Image,
  command: readonly string[],
  stdin: string,
  onDone: (result: ExecResult) => void,
): () => void {
  const [name = ''] = command;
  const binary = resolveBinary(image, name);
  if (!binary) {
    onDone({
      stdout: '',
      stderr: `OCI runtime exec failed: exec failed: unable to start container process: exec: "${name}": ${notFound(name)}\n`,
      exitCode: 127,
    });
    return () => {};
  }
  const output = { stdout: '', stderr: '' };
  let isDone = false;
  let entry: Process | undefined;
  const finish = (exitCode: number) => {
    if (isDone) return;
    isDone = true;
    process?.stop();
    if (entry) life.children.delete(entry);
    onDone({ ...output, exitCode });
  };
  let process: Process | undefined;
  process = binary({
    ...base,
    argv: command,
    stdin,
    write(stream, text) {
      output[stream] += text;
    },
    exit: finish,
  });
  const started = process;
  // Si el contenedor muere, lo que corría dentro muere con él.
  entry = {
    ...started,
    stop() {
      started.stop();
      base.clock.after(0, () => finish(137));
    },
  };
  if (!isDone) life.children.add(entry);
  return () => {
    isDone = true;
    started.stop();
    if (entry) life.children.delete(entry);
  };
}
