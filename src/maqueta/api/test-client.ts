import { createMaqueta, type Maqueta, type MaquetaOptions } from '../maqueta.ts';

export interface Answer<T> {
  status: number;
  body: T;
  headers: Headers;
}

export interface TestClient {
  maqueta: Maqueta;
  send<T = Record<string, unknown>>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer<T>>;
  /** Server-side apply como lo hace el adaptador: YAML o JSON. */
  apply<T = Record<string, unknown>>(path: string, manager: string, body: unknown, query?: string): Promise<Answer<T>>;
}

/** Una maqueta entera vista solo por su API. Para pruebas. */
export function createTestClient(options: MaquetaOptions = {}): TestClient {
  const maqueta = createMaqueta({ freeze: true, ...options });
  const send = async <T>(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Answer<T>> => {
    const response = await maqueta.fetch(
      new Request(`http://maqueta${path}`, {
        method,
        headers: { 'user-agent': 'prueba/1.0', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    const isJson = response.headers.get('content-type')?.includes('json');
    return { status: response.status, body: (isJson ? JSON.parse(text) : text) as T, headers: response.headers };
  };
  return {
    maqueta,
    send,
    apply: (path, manager, body, query = '') =>
      send('PATCH', `${path}?fieldManager=${manager}${query}`, body, { 'content-type': 'application/apply-patch+yaml' }),
  };
}

/** Lo que se lee de un `Status`. */
export interface StatusBody {
  message: string;
  reason: string;
  code: number;
  details?: { causes?: { reason: string; message: string; field: string }[] };
}
