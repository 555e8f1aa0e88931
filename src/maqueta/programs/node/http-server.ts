import type { HttpResponse } from '../../network/network.ts';
import { httpDate } from '../nginx.ts';
import type { ProcessContext } from '../program.ts';
import { EventEmitter, type Listener } from './event-emitter.ts';
import type { EventLoop, Handle } from './event-loop.ts';
import { IncomingMessage, OutgoingMessage } from './http-message.ts';
import { addressInUse, coded } from './system-error.ts';

export class ServerResponse extends OutgoingMessage {
  statusCode = 200;
  statusMessage = '';
  writableEnded = false;
  readonly #send: (response: HttpResponse) => void;

  constructor(send: (response: HttpResponse) => void) {
    super();
    this.#send = send;
  }

  writeHead(status: number, ...rest: unknown[]): this {
    this.statusCode = status;
    const headers = rest.find((value) => typeof value === 'object' && value !== null) as Record<string, unknown> | undefined;
    for (const [name, value] of Object.entries(headers ?? {})) this.setHeader(name, value);
    this.headersSent = true;
    return this;
  }

  end(...args: unknown[]): this {
    if (this.writableEnded) return this;
    if (args.length > 0 && typeof args[0] !== 'function') this.write(args[0]);
    this.writableEnded = true;
    this.headersSent = true;
    if (!this.hasHeader('content-length')) this.setHeader('content-length', new TextEncoder().encode(this.body).length);
    this.#send({ status: this.statusCode, headers: this.getHeaders(), body: this.body });
    const done = args.find((value) => typeof value === 'function') as (() => void) | undefined;
    this.emit('finish');
    this.emit('close');
    done?.();
    return this;
  }
}

/** `http.createServer` sobre la red de la maqueta. */
export function createServerFactory(context: ProcessContext, loop: EventLoop) {
  class Server extends EventEmitter {
    listening = false;
    keepAliveTimeout = 5000;
    headersTimeout = 60_000;
    requestTimeout = 300_000;
    #port = 0;
    #handle: Handle | undefined;
    #stopListening: (() => void) | undefined;
    #open = 0;
    #onClosed: (() => void)[] = [];

    listen(...args: unknown[]): this {
      const options = typeof args[0] === 'object' && args[0] !== null ? (args[0] as { port?: number }) : { port: Number(args[0] ?? 0) };
      const done = args.find((value) => typeof value === 'function') as Listener | undefined;
      if (done) this.once('listening', done);
      this.#port = options.port || 49_152;
      if (context.network.isListening(context.address, this.#port)) {
        loop.after(0, () => this.emit('error', addressInUse(this.#port)));
        return this;
      }
      this.listening = true;
      this.#stopListening = context.listen(context.address, this.#port, (request, respond) => {
        if (loop.isOver) return;
        this.#open += 1;
        const incoming = new IncomingMessage(loop, {
          method: request.method,
          url: request.path,
          headers: request.headers,
          body: request.body,
          remoteAddress: request.headers['x-forwarded-for'] ?? context.address,
        });
        const outgoing = new ServerResponse((response) => {
          respond({ ...response, headers: { date: httpDate(context.clock.now()), connection: 'close', ...response.headers } });
          this.#open -= 1;
          this.#checkClosed();
        });
        loop.enter(() => void this.emit('request', incoming, outgoing));
      });
      this.#handle = loop.handle();
      loop.after(0, () => {
        this.emit('listening');
        context.healthChanged();
      });
      return this;
    }

    close(done?: (error?: Error) => void): this {
      if (!this.listening) {
        if (done) loop.after(0, () => done(coded('Server is not running.', 'ERR_SERVER_NOT_RUNNING')));
        return this;
      }
      this.listening = false;
      this.#stopListening?.();
      if (done) this.#onClosed.push(() => done());
      context.healthChanged();
      this.#checkClosed();
      return this;
    }

    /** Deja de aceptar al momento, pero acaba lo que tiene entre manos. */
    #checkClosed() {
      if (this.listening || this.#open > 0 || !this.#handle) return;
      this.#handle.close();
      this.#handle = undefined;
      loop.after(0, () => {
        this.emit('close');
        for (const done of this.#onClosed.splice(0)) done();
      });
    }

    address() {
      return this.listening ? { address: '::', family: 'IPv6', port: this.#port } : null;
    }

    closeIdleConnections() {}

    closeAllConnections() {
      context.network.reset(context.address, this.#port);
      this.#open = 0;
      this.#checkClosed();
    }

    setTimeout(): this {
      return this;
    }

    ref(): this {
      this.#handle?.ref();
      return this;
    }

    unref(): this {
      this.#handle?.unref();
      return this;
    }
  }

  const createServer = (...args: unknown[]) => {
    const server = new Server();
    const listener = args.find((value) => typeof value === 'function') as Listener | undefined;
    if (listener) server.on('request', listener);
    return server;
  };
  return { Server, createServer };
}
