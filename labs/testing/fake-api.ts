import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';

/** Qué hace el servidor con un watch, paso a paso. */
export type WatchStep =
  | { line: object }
  /** Bytes tal cual: una línea a medias, algo que no es JSON. */
  | { raw: string }
  /** No dice nada más y deja la conexión abierta. */
  | 'silence'
  /** Corta el socket sin cerrar la respuesta. */
  | 'cut'
  /** Cierre normal, también si no se escribe. */
  | 'close';

export interface Reply {
  status?: number;
  body?: object | string;
  headers?: Record<string, string>;
}

export interface FakeApi {
  url: string;
  config: KubeConfig;
  /** Lo recibido, sin el descubrimiento: `GET /api/v1/pods?watch=true`. */
  requests: { line: string; query: URLSearchParams; headers: http.IncomingHttpHeaders; body: string }[];
  /** Cada watch gasta un guion; sin guion, silencio. Un `Reply` contesta con ese código sin abrir el watch. */
  watches: (WatchStep[] | Reply)[];
  /** Respuestas por `MÉTODO /ruta`, en orden; la última se repite. */
  replies: Map<string, Reply[]>;
  /** Deja de escuchar, como un clúster que se cae. */
  close(): Promise<void>;
}

const resources = (...kinds: [string, string, boolean][]) => ({ resources: kinds.map(([name, kind, namespaced]) => ({ name, kind, namespaced })) });

const discovery: Record<string, object> = {
  '/version': { gitVersion: 'v1.37.1' },
  '/api/v1': resources(
    ['pods', 'Pod', true],
    ['pods/log', 'Pod', true],
    ['nodes', 'Node', false],
    ['services', 'Service', true],
    ['namespaces', 'Namespace', false],
    ['events', 'Event', true],
    ['persistentvolumes', 'PersistentVolume', false],
    ['persistentvolumeclaims', 'PersistentVolumeClaim', true],
  ),
  '/apis/apps/v1': resources(['deployments', 'Deployment', true], ['statefulsets', 'StatefulSet', true]),
  '/apis/storage.k8s.io/v1': resources(['storageclasses', 'StorageClass', false]),
};

/** Servidor de API por guion: lo que un clúster de verdad hace mal y no se puede pedir a voluntad. */
export async function startFakeApi(): Promise<FakeApi> {
  const requests: FakeApi['requests'] = [];
  const watches: FakeApi['watches'] = [];
  const replies: FakeApi['replies'] = new Map();

  const send = (response: http.ServerResponse, { status = 200, body = {}, headers = {} }: Reply) => {
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(typeof body === 'string' ? body : JSON.stringify(body));
  };

  const play = async (response: http.ServerResponse, steps: WatchStep[]) => {
    response.writeHead(200, { 'content-type': 'application/json' });
    response.flushHeaders();
    for (const step of steps) {
      if (step === 'silence') return;
      if (step === 'close') break;
      if (step === 'cut') {
        // Un respiro para que lo escrito llegue antes que el corte.
        await new Promise((resolve) => setTimeout(resolve, 20));
        response.destroy();
        return;
      }
      response.write('raw' in step ? step.raw : `${JSON.stringify(step.line)}\n`);
    }
    response.end();
  };

  const server = http.createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const known = discovery[pathname];
    const line = `${request.method} ${pathname}`;
    if (known && !replies.has(line)) return send(response, { body: known });
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests.push({ line, query: searchParams, headers: request.headers, body: Buffer.concat(chunks).toString() });
    if (searchParams.get('watch') === 'true') {
      const script = watches.shift() ?? ['silence' as const];
      return Array.isArray(script) ? play(response, script) : send(response, script);
    }
    const queue = replies.get(line);
    const reply = queue && queue.length > 1 ? queue.shift() : queue?.[0];
    return send(response, reply ?? { status: 404, body: { kind: 'Status', reason: 'NotFound', message: `${pathname} not found` } });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const config = new KubeConfig();
  config.loadFromOptions({
    clusters: [{ name: 'falso', server: url, skipTLSVerify: true }],
    users: [{ name: 'falso', token: 'secreto-de-prueba' }],
    contexts: [{ name: 'falso', cluster: 'falso', user: 'falso' }],
    currentContext: 'falso',
  });
  return {
    url,
    config,
    requests,
    watches,
    replies,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
