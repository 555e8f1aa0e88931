import type { Timer } from '../../clock/clock.ts';
import type { ProcessContext } from '../program.ts';

/** `process.exit` deja la función en curso a medias: se deshace la pila con esto. */
export class ExitRequest {
  readonly code: number;

  constructor(code: number) {
    this.code = code;
  }
}

/** Algo pendiente que mantiene vivo el proceso mientras no se suelte. */
export interface Handle {
  ref(): void;
  unref(): void;
  close(): void;
  readonly isRef: boolean;
}

export interface EventLoop {
  /** Corre código del guion: lo que lance sin capturar acaba con el proceso. */
  enter(run: () => void): void;
  /** Corre `run` dentro de `delay` ms; mientras tanto, mantiene vivo el proceso. */
  after(delay: number, run: () => void): Handle;
  handle(onClose?: () => void): Handle;
  readonly isOver: boolean;
  stop(): void;
}

interface Hooks {
  onException(error: unknown): boolean;
  onEmpty(): void;
  onExit(code: number): void;
  onCrash(error: unknown): void;
}

/** El bucle de sucesos de Node sobre el reloj virtual: vive mientras quede algo pendiente. */
export function createEventLoop({ clock }: Pick<ProcessContext, 'clock'>, hooks: Hooks): EventLoop {
  const live = new Set<Handle>();
  let isOver = false;
  let depth = 0;

  const loop: EventLoop = {
    get isOver() {
      return isOver;
    },
    enter(run) {
      if (isOver) return;
      depth += 1;
      try {
        run();
      } catch (error) {
        depth -= 1;
        if (depth > 0 || isOver) throw error;
        if (error instanceof ExitRequest) return hooks.onExit(error.code);
        return loop.enter(() => {
          if (!hooks.onException(error)) hooks.onCrash(error);
        });
      }
      depth -= 1;
      if (depth === 0) settle();
    },
    after(delay, run) {
      let timer: Timer | undefined = clock.after(delay, () => {
        timer = undefined;
        handle.close();
        loop.enter(run);
      });
      const handle = loop.handle(() => timer?.cancel());
      return handle;
    },
    handle(onClose) {
      let isClosed = false;
      const handle: Handle = {
        get isRef() {
          return live.has(handle);
        },
        ref() {
          if (!isClosed) live.add(handle);
        },
        unref: () => void live.delete(handle),
        close() {
          if (isClosed) return;
          isClosed = true;
          live.delete(handle);
          onClose?.();
        },
      };
      live.add(handle);
      return handle;
    },
    stop() {
      isOver = true;
      for (const handle of [...live]) handle.close();
    },
  };
  const settle = () => {
    if (!isOver && live.size === 0) hooks.onEmpty();
  };
  return loop;
}
