import { randomBytes, timingSafeEqual } from 'node:crypto';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Certificate } from './self-signed.ts';
import { isExec, refuse, serveExec } from './serve-exec.ts';

/** Una API sin transporte: la de la maqueta. */
export interface Handler {
  fetch(request: Request): Promise<Response>;
  /** Hace pasar el tiempo virtual mientras se espera a un Pod; sin él, alguien debe adelantarlo por su cuenta. */
  drive?<T>(promise: Promise<T>): Promise<T>;
}

export interface ServedMaqueta {
  /** `http://127.0.0.1:40123`, o con `https` si lleva certificado. */
  url: string;
  /** Sin él, 401: ninguna página abierta en el navegador de la persona puede hablarle. */
  token: string;
  close(): Promise<void>;
}

export interface ServeOptions {
  /** Por defecto, uno libre. */
  port?: number;
  /** Sin él, HTTP: basta dentro del mismo proceso, pero kubectl no manda su token si no hay TLS. */
  certificate?: Certificate;
}

/** Sirve la maqueta solo a quien conoce el token, y solo desde esta máquina. */
export async function serveMaqueta({ fetch, drive }: Handler, { port: wanted = 0, certificate }: ServeOptions = {}): Promise<ServedMaqueta> {
  const token = randomBytes(24).toString('base64url');
  const server = certificate ? https.createServer(certificate, attend) : http.createServer(attend);
  function attend(request: http.IncomingMessage, response: http.ServerResponse): void {
    answer(request, response).catch((error: unknown) => {
      // Un fallo nuestro dentro de la maqueta: se corta la respuesta y quien la pidió lo ve.
      if (!response.headersSent) sendStatus(response, 500, 'InternalError', `La maqueta ha fallado: ${error instanceof Error ? error.stack : String(error)}`);
      else response.destroy();
    });
  }
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(wanted, '127.0.0.1', resolve);
  });
  const { port } = server.address() as AddressInfo;
  const hosts = new Set([`127.0.0.1:${port}`, `localhost:${port}`]);

  /** Por qué no se atiende a quien llama, si no se le atiende. */
  function unwelcome({ headers }: http.IncomingMessage): [code: number, reason: string, message: string] | undefined {
    // Otro nombre en Host es una página que ha apuntado su dominio a 127.0.0.1 (DNS rebinding).
    if (!hosts.has(headers.host ?? '')) return [403, 'Forbidden', 'La maqueta solo atiende en 127.0.0.1.'];
    if (headers.origin !== undefined) return [403, 'Forbidden', 'La maqueta no atiende a páginas web.'];
    return isSame(headers.authorization ?? '', `Bearer ${token}`) ? undefined : [401, 'Unauthorized', 'Unauthorized'];
  }

  const channels = new Set<Duplex>();
  server.on('upgrade', (incoming: http.IncomingMessage, socket: Duplex) => {
    channels.add(socket);
    socket.once('close', () => channels.delete(socket));
    // Quien llama se puede ir en cualquier momento.
    socket.on('error', () => socket.destroy());
    const [code, reason, message] = unwelcome(incoming) ?? [];
    if (code !== undefined) return refuse(socket, code, { message: message ?? '', reason: reason ?? '' });
    if (!isExec(incoming)) return refuse(socket, 400, { message: 'La maqueta solo abre un canal para exec.', reason: 'BadRequest' });
    const ask = (request: Request) => (drive && request.method === 'POST' ? drive(fetch(request)) : fetch(request));
    serveExec(incoming, socket, ask).catch((error: unknown) => {
      refuse(socket, 500, { message: `La maqueta ha fallado: ${error instanceof Error ? error.stack : String(error)}`, reason: 'InternalError' });
    });
  });

  async function answer(incoming: http.IncomingMessage, outgoing: http.ServerResponse): Promise<void> {
    const refusal = unwelcome(incoming);
    if (refusal) return sendStatus(outgoing, ...refusal);
    const gone = new AbortController();
    outgoing.once('close', () => gone.abort());
    const body = await readBody(incoming);
    const pending = fetch(
      new Request(`http://127.0.0.1:${port}${incoming.url}`, {
        method: incoming.method ?? 'GET',
        headers: headersOf(incoming),
        signal: gone.signal,
        ...(body.length > 0 ? { body: new Uint8Array(body) } : {}),
      }),
    );
    const response = await (drive && reachesPod.test(incoming.url ?? '') ? drive(pending) : pending);
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (!response.body) {
      outgoing.end();
      return;
    }
    outgoing.flushHeaders();
    const reader = response.body.getReader();
    gone.signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
    for (;;) {
      const { done, value } = await reader.read();
      if (done || gone.signal.aborted) break;
      if (!outgoing.write(value)) await new Promise<void>((resolve) => outgoing.once('drain', resolve).once('close', resolve));
    }
    outgoing.end();
  }

  return {
    url: `${certificate ? 'https' : 'http'}://127.0.0.1:${port}`,
    token,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
        for (const socket of channels) socket.destroy();
      }),
  };
}

/** Lo que contesta un Pod y no la API: tarda tiempo virtual. */
const reachesPod = /^\/api\/v1\/namespaces\/[^/]+\/(pods|services)\/[^/]+\/(proxy|exec)([/?]|$)/;

/** La conexión y la credencial son cosa del transporte: la maqueta no las ve. */
function headersOf(incoming: http.IncomingMessage): [string, string][] {
  const hidden = new Set(['authorization', 'host', 'connection', 'content-length', 'transfer-encoding', 'keep-alive']);
  return Object.entries(incoming.headers).flatMap(([name, value]) =>
    hidden.has(name) || value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
  );
}

async function readBody(incoming: http.IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of incoming) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks);
}

function isSame(given: string, expected: string): boolean {
  const a = Buffer.from(given);
  const b = Buffer.from(expected);
  return a.length === b.length && timingSafeEqual(a, b);
}

function sendStatus(response: http.ServerResponse, code: number, reason: string, message: string): void {
  const body = JSON.stringify({ kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, reason, code });
  response.writeHead(code, { 'content-type': 'application/json' }).end(body);
}
