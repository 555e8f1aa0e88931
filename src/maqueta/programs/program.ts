import type { Clock } from '../clock/clock.ts';
import type { Random } from '../clock/random.ts';
import type { Network, Origin } from '../network/network.ts';
import type { FileSystem } from './file-system.ts';

export type Signal = 'SIGTERM' | 'SIGQUIT' | 'SIGINT' | 'SIGHUP' | 'SIGUSR1' | 'SIGUSR2';

/** Lo que un proceso tiene a mano. Todo lo que pide deja de valer cuando termina. */
export interface ProcessContext {
  readonly clock: Clock;
  readonly random: Random;
  readonly network: Network;
  readonly origin: Origin;
  /** IP del Pod. */
  readonly address: string;
  readonly hostname: string;
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  readonly workingDirectory: string;
  readonly files: FileSystem;
  /** Los ejecutables de su imagen. */
  readonly binaries: Binaries;
  /** Texto que recibe por la entrada estándar. */
  readonly stdin: string;
  write(stream: 'stdout' | 'stderr', text: string): void;
  /** Acaba por su cuenta. Después de llamarlo, nada más se oye de él. */
  exit(code: number): void;
  /** Ocupa memoria. Si no cabe en el límite del contenedor, el núcleo mata al proceso y devuelve `false`. */
  allocate(bytes: number): boolean;
  /** Señala al proceso 1 del contenedor: `kill 1`. */
  signalMain(signal: Signal | 'SIGKILL'): void;
  /** Avisa de que una sonda podría dar ahora otro resultado. */
  healthChanged(): void;
  /** Registra que escucha, para cortar sus conexiones cuando muera. Devuelve cómo dejar de escuchar. */
  listen: Network['listen'];
}

export interface Process {
  /** Lo que contesta a una sonda no cambia solo: cuando cambie, avisará con `healthChanged`. */
  readonly isStable: boolean;
  /** Devuelve si la atiende. Sin atender, mata; salvo al proceso 1, que la ignora. */
  signal(signal: Signal): boolean;
  /** SIGKILL: se acabó, sin despedirse. */
  stop(): void;
}

export type Binary = (context: ProcessContext) => Process;
export type Binaries = Readonly<Record<string, Binary>>;

/** Lo que trae una imagen: qué ejecuta si no se le dice otra cosa y con qué archivos. */
export interface Image {
  /** Nombre completo: `docker.io/library/nginx:1.30`. */
  name: string;
  bytes: number;
  entrypoint: readonly string[];
  command: readonly string[];
  env: Readonly<Record<string, string>>;
  workingDirectory: string;
  stopSignal: Signal;
  binaries: Binaries;
  files: Readonly<Record<string, string>>;
}

/** Un proceso que ya ha dicho todo lo que tenía que decir. Acaba en el mismo instante, pero no dentro de la llamada. */
export function finished(context: ProcessContext, code: number): Process {
  const timer = context.clock.after(0, () => context.exit(code));
  return { isStable: true, signal: () => false, stop: () => timer.cancel() };
}
