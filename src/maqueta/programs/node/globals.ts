import type { ProcessContext } from '../program.ts';
import type { EventLoop, Handle } from './event-loop.ts';
import { format } from './inspect.ts';

/** Lo que JavaScript trae y no depende del reloj, del azar ni de la máquina. */
const standard = [
  'Object',
  'Array',
  'String',
  'Number',
  'Boolean',
  'Symbol',
  'BigInt',
  'Map',
  'Set',
  'WeakMap',
  'WeakSet',
  'JSON',
  'RegExp',
  'Error',
  'TypeError',
  'RangeError',
  'SyntaxError',
  'ReferenceError',
  'EvalError',
  'URIError',
  'AggregateError',
  'parseInt',
  'parseFloat',
  'isNaN',
  'isFinite',
  'encodeURIComponent',
  'decodeURIComponent',
  'encodeURI',
  'decodeURI',
  'Intl',
  'Proxy',
  'Reflect',
  'URL',
  'URLSearchParams',
  'TextEncoder',
  'TextDecoder',
  'NaN',
  'Infinity',
  'undefined',
  'structuredClone',
  'btoa',
  'atob',
  'DataView',
  'Int8Array',
  'Int16Array',
  'Int32Array',
  'Uint16Array',
  'Uint32Array',
  'Float32Array',
  'Float64Array',
] as const;

/** Más allá de aquí se cuenta la memoria, pero no se reserva de verdad. */
const largestReal = 1 << 20;

/** Los nombres globales que ve un guion, con el reloj y el azar de la maqueta. */
export function createGlobals(context: ProcessContext, loop: EventLoop, process: Record<string, unknown>): Record<string, unknown> {
  const { clock, random } = context;
  const start = clock.now();

  class VirtualDate extends Date {
    constructor(...args: unknown[]) {
      if (args.length === 0) super(Math.floor(clock.now()));
      else super(...(args as [number]));
    }

    static override now(): number {
      return Math.floor(clock.now());
    }
  }

  const log =
    (stream: 'stdout' | 'stderr') =>
    (...args: unknown[]) =>
      context.write(stream, `${format(args)}\n`);

  const setTimer =
    (isRepeated: boolean) =>
    (run: unknown, delay: unknown = 1, ...args: unknown[]) => {
      if (typeof run !== 'function') throw new TypeError('The "callback" argument must be of type function');
      // Como en Node: menos de 1 ms es 1 ms.
      const wait = Number(delay) >= 1 && Number(delay) <= 2_147_483_647 ? Math.trunc(Number(delay)) : 1;
      let isRef = true;
      let isActive = true;
      let handle: Handle;
      const timer = {
        ref() {
          isRef = true;
          if (isActive) handle.ref();
          return timer;
        },
        unref() {
          isRef = false;
          handle.unref();
          return timer;
        },
        hasRef: () => isRef,
        refresh() {
          handle.close();
          arm();
          return timer;
        },
        cancel() {
          isActive = false;
          handle.close();
        },
      };
      const arm = () => {
        handle = loop.after(wait, () => {
          if (isRepeated && isActive) arm();
          else isActive = false;
          run(...args);
        });
        if (!isRef) handle.unref();
      };
      arm();
      return timer;
    };
  const clearTimer = (timer: unknown) => (timer as { cancel?: () => void } | undefined)?.cancel?.();

  const allocated = (size: unknown): number => {
    const bytes = Number(size) || 0;
    context.allocate(bytes);
    return Math.min(bytes, largestReal);
  };

  class MeteredBytes extends Uint8Array<ArrayBuffer> {
    constructor(source: number | ArrayLike<number> | ArrayBuffer = 0) {
      super((typeof source === 'number' ? allocated(source) : source) as ArrayBuffer);
    }
  }

  class NodeBuffer extends MeteredBytes {
    static override from(source: unknown): NodeBuffer {
      const bytes = typeof source === 'string' ? new TextEncoder().encode(source) : (source as ArrayLike<number>);
      return new NodeBuffer(bytes);
    }

    static alloc(size: number): NodeBuffer {
      return new NodeBuffer(size);
    }

    static byteLength(text: string): number {
      return new TextEncoder().encode(text).length;
    }

    static concat(parts: readonly unknown[]): NodeBuffer {
      return NodeBuffer.from(parts.map(String).join(''));
    }

    override toString(encoding = 'utf8'): string {
      if (encoding === 'hex') return [...this].map((byte) => byte.toString(16).padStart(2, '0')).join('');
      if (encoding === 'base64') return btoa(String.fromCharCode(...this));
      return new TextDecoder().decode(this);
    }
  }

  const timers = {
    setTimeout: setTimer(false),
    setInterval: setTimer(true),
    setImmediate: (run: () => void, ...args: unknown[]) => setTimer(false)(run, 1, ...args),
    clearTimeout: clearTimer,
    clearInterval: clearTimer,
    clearImmediate: clearTimer,
  };
  const globals: Record<string, unknown> = {
    ...Object.fromEntries(standard.map((name) => [name, (globalThis as unknown as Record<string, unknown>)[name]])),
    ...timers,
    Date: VirtualDate,
    Math: Object.assign(Object.create(Math) as object, { random: random.next }),
    console: { log: log('stdout'), info: log('stdout'), debug: log('stdout'), error: log('stderr'), warn: log('stderr'), trace: log('stderr') },
    performance: { now: () => clock.now() - start, timeOrigin: start },
    process,
    Buffer: NodeBuffer,
    Uint8Array: MeteredBytes,
    ArrayBuffer: class extends ArrayBuffer {
      constructor(size = 0) {
        super(allocated(size));
      }
    },
  };
  globals.globalThis = globals;
  globals.global = globals;
  return globals;
}
