import type { ProcessContext } from '../program.ts';
import type { Listener } from './event-emitter.ts';
import type { EventLoop, Handle } from './event-loop.ts';
import { IncomingMessage, OutgoingMessage } from './http-message.ts';
import { coded, connectionError } from './system-error.ts';

interface RequestOptions {
  host?: string;
  hostname?: string;
  port?: number | string;
  path?: string;
  method?: string;
  headers?: Record<string, unknown>;
  timeout?: number;
}

/** Lo que tarda el núcleo en rendirse con una conexión que nadie contesta. */
const connectTimeout = 127_000;

/** `http.request` y `http.get`. El agente se ignora: cada petición abre su conexión. */
export function createClient(context: ProcessContext, loop: EventLoop) {
  class ClientRequest extends OutgoingMessage {
    destroyed = false;
    readonly #options: RequestOptions;
    readonly #handle: Handle;
    #isSent = false;
    #abandon: (() => void) | undefined;
    #timer: Handle | undefined;

    constructor(options: RequestOptions) {
      super();
      this.#options = options;
      this.#handle = loop.handle(() => this.#abandon?.());
      for (const [name, value] of Object.entries(options.headers ?? {})) this.setHeader(name, value);
      if (options.timeout) this.setTimeout(options.timeout);
    }

    setTimeout(delay: number, listener?: Listener): this {
      if (listener) this.once('timeout', listener);
      this.#timer?.close();
      // Avisa y nada más: quien quiera abandonar llama a `destroy`.
      this.#timer = loop.after(delay, () => void this.emit('timeout'));
      this.#timer.unref();
      return this;
    }

    end(...args: unknown[]): this {
      if (this.#isSent || this.destroyed) return this;
      if (args.length > 0 && typeof args[0] !== 'function') this.write(args[0]);
      this.#isSent = true;
      const { method = 'GET', path = '/' } = this.#options;
      const host = this.#options.hostname ?? this.#options.host ?? 'localhost';
      const port = Number(this.#options.port ?? 80);
      if (!this.hasHeader('host')) this.setHeader('host', port === 80 ? host : `${host}:${port}`);
      this.#abandon = context.network.request(
        context.origin,
        host,
        port,
        { method, path, headers: this.getHeaders(), body: this.body },
        connectTimeout,
        (outcome) => {
          if (this.destroyed || loop.isOver) return;
          this.#abandon = undefined;
          loop.enter(() => {
            this.#finish();
            if (outcome.kind === 'error') {
              this.emit('error', connectionError(outcome.error, host, port, outcome.address));
              return;
            }
            const { status, headers, body } = outcome.response;
            const response = new IncomingMessage(loop, { statusCode: status, headers, body, remoteAddress: outcome.address });
            if (!this.emit('response', response)) response.resume();
          });
        },
      );
      return this;
    }

    destroy(error?: Error): this {
      if (this.destroyed) return this;
      const isOpen = this.#handle.isRef;
      this.destroyed = true;
      this.#finish();
      if (!isOpen) return this;
      loop.after(0, () => {
        this.emit('error', error ?? coded('socket hang up', 'ECONNRESET'));
        this.emit('close');
      });
      return this;
    }

    abort(): void {
      this.destroy();
    }

    setNoDelay(): void {}
    setSocketKeepAlive(): void {}
    flushHeaders(): void {}

    #finish() {
      this.#timer?.close();
      this.#handle.close();
    }
  }

  const request = (...args: unknown[]): ClientRequest => {
    const listener = args.find((value) => typeof value === 'function') as Listener | undefined;
    const [first, second] = args;
    const fromUrl = typeof first === 'string' || first instanceof URL ? optionsOf(new URL(first)) : {};
    const options = (typeof first === 'object' && !(first instanceof URL) ? first : typeof second === 'object' ? second : {}) as RequestOptions;
    const created = new ClientRequest({ ...fromUrl, ...options });
    if (listener) created.once('response', listener);
    return created;
  };
  const get = (...args: unknown[]): ClientRequest => request(...args).end();
  return { request, get, ClientRequest };
}

function optionsOf(url: URL): RequestOptions {
  if (url.protocol !== 'http:') throw coded(`Protocol "${url.protocol}" not supported. Expected "http:"`, 'ERR_INVALID_PROTOCOL');
  return { hostname: url.hostname, port: url.port || 80, path: `${url.pathname}${url.search}` };
}
