import { EventEmitter } from './event-emitter.ts';
import type { EventLoop } from './event-loop.ts';

/** Lo que llega: la petición en el servidor o la respuesta en el cliente. El cuerpo sale en un solo trozo. */
export class IncomingMessage extends EventEmitter {
  method: string | undefined;
  url: string | undefined;
  statusCode: number | undefined;
  statusMessage = '';
  httpVersion = '1.1';
  headers: Readonly<Record<string, string>>;
  complete = false;
  socket: { remoteAddress: string };
  readonly #body: string;
  readonly #loop: EventLoop;
  #isFlowing = false;

  constructor(
    loop: EventLoop,
    message: { method?: string; url?: string; statusCode?: number; headers: Readonly<Record<string, string>>; body: string; remoteAddress: string },
  ) {
    super();
    this.#loop = loop;
    this.#body = message.body;
    this.method = message.method;
    this.url = message.url;
    this.statusCode = message.statusCode;
    this.headers = message.headers;
    this.socket = { remoteAddress: message.remoteAddress };
  }

  override on(name: string, listener: (...args: unknown[]) => void): this {
    super.on(name, listener);
    if (name === 'data') this.resume();
    return this;
  }

  resume(): this {
    if (this.#isFlowing) return this;
    this.#isFlowing = true;
    this.#loop.after(0, () => {
      if (this.#body !== '') this.emit('data', this.#body);
      this.complete = true;
      this.emit('end');
      this.emit('close');
    });
    return this;
  }

  setEncoding(): this {
    return this;
  }

  destroy(): this {
    this.#isFlowing = true;
    return this;
  }
}

/** Cabeceras de salida, comunes a la petición del cliente y a la respuesta del servidor. */
export class OutgoingMessage extends EventEmitter {
  headersSent = false;
  protected readonly outgoing: Record<string, string> = {};
  protected body = '';

  setHeader(name: string, value: unknown): this {
    this.outgoing[name.toLowerCase()] = String(value);
    return this;
  }

  getHeader(name: string): string | undefined {
    return this.outgoing[name.toLowerCase()];
  }

  getHeaders(): Record<string, string> {
    return { ...this.outgoing };
  }

  hasHeader(name: string): boolean {
    return name.toLowerCase() in this.outgoing;
  }

  removeHeader(name: string): void {
    delete this.outgoing[name.toLowerCase()];
  }

  write(piece: unknown): boolean {
    this.body += String(piece);
    return true;
  }
}
