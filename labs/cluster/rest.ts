import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
import { ApiFailure } from './errors.ts';

/**
 * HTTP con la dirección y las credenciales de un KubeConfig. Los cuerpos se leen tal cual llegan: los métodos tipados
 * de client-node pierden los campos que no conocen y devuelven fechas de dos clases, y su Watch se traga en silencio
 * las líneas que no entiende. Además, un agente propio reutiliza la conexión: client-node abre uno nuevo por llamada.
 */
export interface Rest {
  request(request: RestRequest): Promise<RestResponse>;
  /** Igual que `request`, pero lanza `ApiFailure` si el código no es 2xx y devuelve el JSON. */
  json<T>(request: RestRequest): Promise<T>;
  /** Abre una respuesta larga. Rechaza con `ApiFailure` si el código no es 2xx. */
  stream(request: RestRequest): Promise<http.IncomingMessage>;
  close(): void;
}

export interface RestRequest {
  method?: string;
  path: string;
  query?: Record<string, string | number | boolean | undefined>;
  body?: string;
  contentType?: string;
  accept?: string;
  signal?: AbortSignal;
  /** Milisegundos de reloj de pared hasta darlo por callado. */
  timeout?: number;
}

export interface RestResponse {
  status: number;
  body: string;
  headers: http.IncomingHttpHeaders;
}

/** Lo que se espera a una respuesta corta. */
const patience = 15_000;

interface RestOptions {
  /** Se llama cuando nadie contesta. Puede lanzar un `LabError` que lo explique mejor que la red: entonces es lo que ve quien pidió. */
  onSilence?(): Promise<void>;
}

export async function createRest(config: KubeConfig, { onSilence }: RestOptions = {}): Promise<Rest> {
  const cluster = config.getCurrentCluster();
  if (!cluster) throw new Error('El KubeConfig no tiene clúster actual');
  const credentials: https.RequestOptions = {};
  await config.applyToHTTPSOptions(credentials);
  const { headers: identity, auth, ca, cert, key, passphrase, rejectUnauthorized, servername } = credentials;
  const base = new URL(cluster.server);
  const prefix = base.pathname.replace(/\/$/, '');
  const transport = base.protocol === 'http:' ? http : https;
  const tls = { ca, cert, key, passphrase, servername, ...(rejectUnauthorized === undefined ? {} : { rejectUnauthorized }) };
  const agent = base.protocol === 'http:' ? new http.Agent({ keepAlive: true }) : new https.Agent({ keepAlive: true, ...tls });

  const open = ({ method = 'GET', path, query = {}, body, contentType, accept = 'application/json', signal }: RestRequest, timeout: number) =>
    new Promise<http.IncomingMessage>((resolve, reject) => {
      const search = new URLSearchParams();
      for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
      const text = search.toString();
      const request = transport.request(
        {
          protocol: base.protocol,
          hostname: base.hostname.replace(/^\[|\]$/g, ''),
          port: base.port,
          path: `${prefix}${path}${text ? `?${text}` : ''}`,
          method,
          agent,
          auth: auth ?? undefined,
          headers: {
            ...(identity as http.OutgoingHttpHeaders | undefined),
            accept,
            'user-agent': 'bitacora',
            ...(body === undefined ? {} : { 'content-type': contentType ?? 'application/json', 'content-length': Buffer.byteLength(body) }),
          },
        },
        (response) => {
          opened = response;
          // Quien lee la respuesta recibe el error; esto solo evita que uno llegado mientras nadie lee tumbe el programa.
          response.on('error', () => undefined);
          resolve(response);
        },
      );
      let opened: http.IncomingMessage | undefined;
      // Con la respuesta ya abierta, destruir la petición se contaría como ECONNRESET: se destruye la respuesta, con su motivo.
      request.setTimeout(timeout, () => (opened ?? request).destroy(new DOMException(`sin respuesta en ${timeout / 1000} s`, 'TimeoutError')));
      // A mano y no con la opción `signal`: Node destruiría también una petición ya acabada y el error no lo recoge nadie.
      const abort = () => (opened ?? request).destroy(new DOMException('Interrumpido', 'AbortError'));
      if (signal?.aborted) abort();
      signal?.addEventListener('abort', abort, { once: true });
      request.on('close', () => signal?.removeEventListener('abort', abort));
      request.on('error', reject);
      request.end(body);
    });

  const request = async (options: RestRequest): Promise<RestResponse> => {
    const timeout = options.timeout ?? patience;
    // El plazo de socket mide silencios; este, el total: un servidor que gotea bytes tampoco nos cuelga.
    const deadline = AbortSignal.timeout(timeout * 2);
    const signal = options.signal ? AbortSignal.any([options.signal, deadline]) : deadline;
    try {
      const response = await open({ ...options, signal }, timeout);
      return { status: response.statusCode ?? 0, body: await readText(response), headers: response.headers };
    } catch (error) {
      if (options.signal?.aborted) throw error;
      await onSilence?.();
      if (deadline.aborted) throw new DOMException(`sin respuesta en ${(timeout * 2) / 1000} s`, 'TimeoutError');
      throw error;
    }
  };

  return {
    request,
    async json<T>(options: RestRequest): Promise<T> {
      const response = await request(options);
      if (response.status < 200 || response.status > 299) throw failureOf(response);
      try {
        return JSON.parse(response.body) as T;
      } catch {
        // Un proxy que contesta 200 con una página: no es la API. Puede pasar mientras arranca.
        throw new ApiFailure(502, response.body);
      }
    },
    async stream(options) {
      const response = await open(options, options.timeout ?? patience).catch(async (error: unknown) => {
        if (!options.signal?.aborted) await onSilence?.();
        throw error;
      });
      const status = response.statusCode ?? 0;
      if (status >= 200 && status <= 299) return response;
      throw failureOf({ status, body: await readText(response), headers: response.headers });
    },
    close: () => agent.destroy(),
  };
}

function failureOf({ status, body, headers }: RestResponse): ApiFailure {
  const seconds = Number(headers['retry-after']);
  return new ApiFailure(status, body, Number.isFinite(seconds) && seconds > 0 ? Math.min(seconds, 30) * 1000 : undefined);
}

async function readText(response: http.IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
