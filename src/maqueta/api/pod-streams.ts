import type { HttpOutcome, HttpRequest } from '../network/network.ts';
import { ApiError } from '../registry/api-error.ts';
import type { Pod, Service } from '../schema/types.generated.ts';
import type { World } from '../world.ts';
import type { RequestInfo } from './request-info.ts';

const notFound = (kind: string, name: string) => new ApiError(404, 'NotFound', `${kind} "${name}" not found`, { name, kind });

/** `pods/NOMBRE/log`. */
export function handleLog({ store, runtime }: World, info: RequestInfo, query: URLSearchParams, signal: AbortSignal): Response {
  const pod = store.collection<Pod>('pods').get(info.namespace, info.name);
  if (!pod) throw notFound('pods', info.name);
  const number = (name: string) => (query.get(name) === null ? {} : { [name]: Number(query.get(name)) });
  const options = {
    ...(query.get('container') ? { container: query.get('container') ?? '' } : {}),
    ...(query.get('previous') === 'true' ? { previous: true } : {}),
    ...(query.get('timestamps') === 'true' ? { timestamps: true } : {}),
    ...(query.get('sinceTime') ? { sinceTime: query.get('sinceTime') ?? '' } : {}),
    ...number('tailLines'),
    ...number('sinceSeconds'),
    ...number('limitBytes'),
  };
  const headers = { 'content-type': 'text/plain' };
  if (query.get('follow') !== 'true') return new Response(runtime.logs(pod, options), { headers });
  const encoder = new TextEncoder();
  let stop = () => {};
  return new Response(
    new ReadableStream<Uint8Array>({
      start(controller) {
        const end = () => {
          try {
            controller.close();
          } catch {
            // Quien leía ya se había ido.
          }
        };
        stop = runtime.followLogs(pod, options, (text) => controller.enqueue(encoder.encode(text)), end);
        signal.addEventListener('abort', () => stop(), { once: true });
      },
      cancel: () => stop(),
    }),
    { headers },
  );
}

/** `pods/NOMBRE:PUERTO/proxy/…` y `services/NOMBRE:PUERTO/proxy/…`: lo pide el plano de control, sin pasar por kube-proxy. */
export async function handleProxy(world: World, info: RequestInfo, request: Request): Promise<Response> {
  const parts = info.name.split(':');
  const [name = '', portText = ''] = parts.length === 3 ? parts.slice(1) : parts;
  const { host, port } =
    info.resource.plural === 'pods' ? podTarget(world, info.namespace, name, portText) : serviceTarget(world, info.namespace, name, portText);
  const url = new URL(request.url);
  const wanted: HttpRequest = {
    method: request.method,
    path: `${info.rest || '/'}${url.search}`,
    headers: Object.fromEntries(request.headers),
    body: await request.text(),
  };
  const outcome = await new Promise<HttpOutcome>((resolve) => {
    world.network.request('control-plane', host, port, wanted, 60_000, resolve);
  });
  if (outcome.kind === 'response')
    return new Response([204, 304].includes(outcome.response.status) ? null : outcome.response.body, {
      status: outcome.response.status,
      headers: outcome.response.headers,
    });
  throw new ApiError(
    503,
    'ServiceUnavailable',
    `error trying to reach service: dial tcp ${host}:${port}: ${outcome.error === 'ECONNREFUSED' ? 'connect: connection refused' : outcome.error === 'ETIMEDOUT' ? 'i/o timeout' : outcome.error}`,
  );
}

function podTarget({ store }: World, namespace: string, name: string, portText: string): { host: string; port: number } {
  const pod = store.collection<Pod>('pods').get(namespace, name);
  if (!pod) throw notFound('pods', name);
  if (!pod.status?.podIP) throw new ApiError(400, 'BadRequest', `address not allowed`);
  const ports = pod.spec?.containers.flatMap((container) => container.ports ?? []) ?? [];
  const port =
    portText === '' ? (ports[0]?.containerPort ?? 80) : /^\d+$/.test(portText) ? Number(portText) : ports.find((one) => one.name === portText)?.containerPort;
  if (port === undefined) throw new ApiError(400, 'BadRequest', `no port named ${JSON.stringify(portText)} in pod ${JSON.stringify(name)}`);
  return { host: pod.status.podIP, port };
}

function serviceTarget({ store }: World, namespace: string, name: string, portText: string): { host: string; port: number } {
  const service = store.collection<Service>('services').get(namespace, name);
  if (!service) throw notFound('services', name);
  const ports = service.spec?.ports ?? [];
  const port = portText === '' ? ports[0] : ports.find((one) => one.name === portText || String(one.port) === portText);
  if (!port) throw new ApiError(503, 'ServiceUnavailable', `no service port ${JSON.stringify(portText)} found for service ${JSON.stringify(name)}`);
  return { host: `${name}.${namespace}.svc.cluster.local`, port: port.port };
}
