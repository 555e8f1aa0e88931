import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:https';
import path from 'node:path';
import type { Folders } from './folders.ts';

/** El objeto que se aplica: lo que haga falta para saber su ruta, y lo demás tal cual. */
export interface Manifest {
  apiVersion: string;
  kind: string;
  metadata: { name: string; namespace?: string };
}

/** El kube-apiserver, sin pasar por kubectl: cada kubectl son 0,3 s de procesador, y al arrancar se pregunta muchas veces. */
export interface Api {
  /** Rechaza con un `ApiFailure` si el código no es 2xx, y con lo que diga la red si no contesta. */
  get(url: string): Promise<string>;
  delete(url: string): Promise<string>;
  /** `url` es la de la lista: `/api/v1/nodes`. */
  create(url: string, object: object): Promise<string>;
  /** server-side apply, quedándose con los campos que fueran de otro. */
  apply(manifest: Manifest): Promise<string>;
}

export class ApiFailure extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/** Con el certificado de administración del taller. `server`, en esta máquina: `https://127.0.0.1:…`. */
export function createApi({ pki }: Folders, server: string, signal?: AbortSignal): Api {
  const read = (name: string) => readFileSync(path.join(pki, name));
  const agent = new Agent({ keepAlive: true, ca: read('ca.crt'), cert: read('admin.crt'), key: read('admin.key') });
  const call = (method: string, url: string, body?: string, type = 'application/json'): Promise<string> =>
    new Promise((resolve, reject) => {
      const headers = body === undefined ? {} : { 'content-type': type, 'content-length': Buffer.byteLength(body) };
      const sent = request(`${server}${url}`, { method, agent, headers, timeout: 5000, ...(signal ? { signal } : {}) }, (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (piece: string) => (text += piece));
        response.on('error', reject);
        response.on('end', () => {
          const { statusCode = 0 } = response;
          if (statusCode >= 200 && statusCode < 300) resolve(text);
          else reject(new ApiFailure(statusCode, messageIn(text) || `responde ${statusCode}`));
        });
      });
      sent.on('timeout', () => sent.destroy(new Error('no contesta en 5 s')));
      sent.on('error', reject);
      sent.end(body);
    });
  return {
    get: (url) => call('GET', url),
    delete: (url) => call('DELETE', url),
    create: (url, object) => call('POST', url, JSON.stringify(object)),
    apply: (manifest) => call('PATCH', `${urlOf(manifest)}?fieldManager=taller&force=true`, JSON.stringify(manifest), 'application/apply-patch+yaml'),
  };
}

/** Vale para los recursos de fábrica: su plural es regular. */
export function urlOf({ apiVersion, kind, metadata: { name, namespace } }: Manifest): string {
  const group = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
  const lower = kind.toLowerCase();
  const plural = lower.endsWith('s') ? `${lower}es` : `${lower}s`;
  return `${group}${namespace ? `/namespaces/${namespace}` : ''}/${plural}/${encodeURIComponent(name)}`;
}

/** Un fallo del API es un objeto Status; /readyz contesta texto. */
function messageIn(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? '';
  } catch {
    return text.trim();
  }
}
