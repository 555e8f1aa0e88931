import type { LogOptions } from './runtime.ts';

interface Line {
  at: number;
  stream: 'stdout' | 'stderr';
  text: string;
}

/** El archivo de registro de un contenedor. Se recorta al llegar a 10 MiB, como `containerLogMaxSize`. */
export interface ContainerLog {
  write(at: number, stream: 'stdout' | 'stderr', text: string): void;
  /** Lo que quedó sin salto de línea sale al morir el proceso. */
  close(at: number): void;
  read(options: LogOptions, now: number): string;
  /** El archivo tal como queda en el nodo. Sigue a containerd: internal/cri/io/logger.go. */
  file(): string;
  /** Avisa de cada línea; `undefined` es el final. */
  follow(listener: (text: string | undefined) => void, hasTimestamps: boolean): () => void;
  readonly isClosed: boolean;
}

const largest = 10 * 1024 * 1024;

export function createContainerLog(): ContainerLog {
  let lines: Line[] = [];
  let size = 0;
  let isClosed = false;
  const partial = { stdout: '', stderr: '' };
  const followers = new Map<(text: string | undefined) => void, boolean>();

  const add = (at: number, stream: 'stdout' | 'stderr', text: string) => {
    if (size > largest) {
      lines = [];
      size = 0;
    }
    const line = { at, stream, text };
    lines.push(line);
    size += text.length;
    for (const [listener, hasTimestamps] of followers) listener(render(line, hasTimestamps));
  };

  return {
    get isClosed() {
      return isClosed;
    },
    write(at, stream, text) {
      const pieces = `${partial[stream]}${text}`.split('\n');
      partial[stream] = pieces.pop() ?? '';
      for (const piece of pieces) add(at, stream, `${piece}\n`);
    },
    close(at) {
      if (isClosed) return;
      for (const stream of ['stdout', 'stderr'] as const) if (partial[stream] !== '') add(at, stream, partial[stream]);
      isClosed = true;
      for (const listener of [...followers.keys()]) listener(undefined);
      followers.clear();
    },
    read({ tailLines, sinceSeconds, sinceTime, timestamps = false, limitBytes }, now) {
      const from = Math.max(sinceSeconds === undefined ? 0 : now - sinceSeconds * 1000, sinceTime ? Date.parse(sinceTime) : 0);
      let chosen = from > 0 ? lines.filter(({ at }) => at >= from) : lines;
      if (tailLines !== undefined) chosen = tailLines === 0 ? [] : chosen.slice(-tailLines);
      const text = chosen.map((line) => render(line, timestamps)).join('');
      return limitBytes === undefined ? text : text.slice(0, limitBytes);
    },
    file: () => lines.map(({ at, stream, text }) => `${nanoTimestamp(at)} ${stream} ${text.endsWith('\n') ? 'F' : 'P'} ${text.replace(/\n?$/, '\n')}`).join(''),
    follow(listener, hasTimestamps) {
      if (isClosed) {
        listener(undefined);
        return () => {};
      }
      followers.set(listener, hasTimestamps);
      return () => void followers.delete(listener);
    },
  };
}

const render = ({ at, text }: Line, hasTimestamps: boolean): string => (hasTimestamps ? `${nanoTimestamp(at)} ${text}` : text);

/** RFC 3339 con nanosegundos. */
export function nanoTimestamp(instant: number): string {
  const nanos = Math.round((instant - Math.floor(instant / 1000) * 1000) * 1e6);
  return `${new Date(Math.floor(instant / 1000) * 1000).toISOString().slice(0, 19)}.${String(Math.min(nanos, 999_999_999)).padStart(9, '0')}Z`;
}
