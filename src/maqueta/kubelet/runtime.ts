import type { Pod } from '../schema/types.generated.ts';

export interface LogOptions {
  container?: string;
  previous?: boolean;
  timestamps?: boolean;
  tailLines?: number;
  sinceSeconds?: number;
  sinceTime?: string;
  limitBytes?: number;
}

export interface ExecResult {
  stdout: string;
  stderr: string;
  exitCode: number;
}

/** Lo que el servidor de API pide al kubelet del nodo de un Pod. Los errores son `ApiError`. */
export interface Runtime {
  logs(pod: Pod, options: LogOptions): string;
  /** Avisa de cada línea nueva hasta que se cancele o el contenedor acabe (`onEnd`). */
  followLogs(pod: Pod, options: LogOptions, onText: (text: string) => void, onEnd: () => void): () => void;
  exec(pod: Pod, container: string | undefined, command: readonly string[], stdin: string, onDone: (result: ExecResult) => void): void;
}
