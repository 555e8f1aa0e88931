import http from 'node:http';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type ServedMaqueta, serveMaqueta } from './serve-maqueta.ts';

let served: ServedMaqueta;
let asked: { method: string; url: string; headers: Record<string, string>; body: string }[];
let reply: (request: Request) => Promise<Response>;

beforeEach(async () => {
  asked = [];
  reply = async () => new Response('hola', { status: 201, headers: { 'content-type': 'text/plain' } });
  served = await serveMaqueta({
    async fetch(request) {
      asked.push({ method: request.method, url: new URL(request.url).pathname, headers: Object.fromEntries(request.headers), body: await request.text() });
      return reply(request);
    },
  });
});

afterEach(() => served.close());

/** `fetch` no deja cambiar Host: se pide a mano. */
const ask = (headers: Record<string, string>, options: { method?: string; path?: string; body?: string } = {}) =>
  new Promise<{ status: number; body: string }>((resolve, reject) => {
    const request = http.request(served.url + (options.path ?? '/version'), { method: options.method ?? 'GET', headers, agent: false }, async (response) => {
      let body = '';
      for await (const chunk of response) body += chunk;
      resolve({ status: response.statusCode ?? 0, body });
    });
    request.on('error', reject);
    request.end(options.body);
  });

const ours = () => ({ authorization: `Bearer ${served.token}` });

test('sirve a quien trae el token, y la maqueta no ve la credencial', async () => {
  expect(await ask({ ...ours(), 'content-type': 'application/json' }, { method: 'POST', path: '/api/v1/namespaces?x=1', body: '{"ñ":1}' })).toEqual({
    status: 201,
    body: 'hola',
  });
  expect(asked).toEqual([{ method: 'POST', url: '/api/v1/namespaces', headers: { 'content-type': 'application/json' }, body: '{"ñ":1}' }]);
});

test.each([
  ['sin token', {}, 401],
  ['con un token parecido', { authorization: 'Bearer x' }, 401],
  ['con otro nombre en Host (DNS rebinding)', { host: 'ejemplo.com' }, 403],
  ['desde una página web', { origin: 'https://ejemplo.com' }, 403],
])('%s no llega a la maqueta', async (_, headers: Record<string, string>, status) => {
  const credentials = status === 403 ? ours() : {};
  expect((await ask({ ...credentials, ...headers })).status).toBe(status);
  expect(asked).toEqual([]);
});

test('escucha solo en el bucle local', () => {
  expect(served.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
});

test('un watch llega línea a línea, y si quien mira se va, la maqueta se entera', async () => {
  let push: (text: string) => void = () => undefined;
  const gone = new Promise<void>((resolve) => {
    reply = async (request) => {
      request.signal.addEventListener('abort', () => resolve());
      const encoder = new TextEncoder();
      return new Response(new ReadableStream({ start: (controller) => void (push = (text) => controller.enqueue(encoder.encode(text))) }));
    };
  });
  const request = http.get(`${served.url}/api/v1/pods?watch=true`, { headers: ours(), agent: false });
  const response = await new Promise<http.IncomingMessage>((resolve) => request.on('response', resolve));
  const lines = response[Symbol.asyncIterator]();
  push('uno\n');
  expect(String((await lines.next()).value)).toBe('uno\n');
  push('dos\n');
  expect(String((await lines.next()).value)).toBe('dos\n');
  response.on('error', () => undefined);
  request.destroy();
  await gone;
});

test('un fallo nuestro dentro de la maqueta es un 500 con su traza, no un silencio', async () => {
  reply = () => Promise.reject(new TypeError('x is undefined'));
  const { status, body } = await ask(ours());
  expect(status).toBe(500);
  expect(JSON.parse(body)).toMatchObject({
    kind: 'Status',
    reason: 'InternalError',
    message: expect.stringContaining('La maqueta ha fallado: TypeError: x is undefined\n'),
  });
});

test('cerrar no espera a los watch abiertos', async () => {
  reply = async () => new Response(new ReadableStream());
  const request = http.get(`${served.url}/x`, { headers: ours(), agent: false });
  request.on('error', () => undefined);
  await new Promise((resolve) => request.on('response', resolve));
  await served.close();
});
