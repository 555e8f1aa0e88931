import type { Pod } from '../schema/types.generated.ts';

export interface HttpRequest {
  method: string;
  path: string;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface HttpResponse {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

/** Errores con los nombres que da el sistema: lo que vería un programa de verdad. */
export type NetworkError = 'ENOTFOUND' | 'ECONNREFUSED' | 'ETIMEDOUT' | 'ECONNRESET' | 'EHOSTUNREACH';

/** En un error, `address` es la dirección a la que se intentó llegar, si el nombre llegó a resolverse. */
export type HttpOutcome = { kind: 'response'; response: HttpResponse; address: string } | { kind: 'error'; error: NetworkError; address?: string };

/** De dónde sale una petición: un Pod, un nodo (el kubelet, un NodePort) o el plano de control. */
export type Origin = { pod: Pod } | { node: string } | 'control-plane';

export type DnsAnswer = { kind: 'addresses'; addresses: readonly string[] } | { kind: 'name'; target: string } | { kind: 'nxdomain' };

/** Un registro SRV: en qué puerto contesta quién. */
export interface ServiceRecord {
  name: string;
  port: number;
  priority: number;
  weight: number;
}

/** Lo que se le puede preguntar al DNS además de una dirección. `nodata`: el nombre existe, pero no tiene registros de esos. */
export type RecordAnswer =
  | { kind: 'services'; records: readonly ServiceRecord[] }
  | { kind: 'name'; target: string }
  | { kind: 'nodata' }
  | { kind: 'nxdomain' };

export type Handler = (request: HttpRequest, respond: (response: HttpResponse) => void) => void;

/**
 * La red del clúster: DNS, IP virtuales de los Services y conexiones HTTP entre direcciones.
 * Todo tarda tiempo virtual; nada responde dentro de la misma llamada.
 */
export interface Network {
  /** Da una IP a un Pod en su nodo, o `undefined` si no quedan. Se libera con `releasePodIp`. */
  allocatePodIp(node: string): string | undefined;
  releasePodIp(address: string): void;
  /** Un contenedor escucha en `address:port` hasta que llame a lo devuelto. Dejar de escuchar no corta lo que está en curso. */
  listen(address: string, port: number, handler: Handler): () => void;
  isListening(address: string, port: number): boolean;
  /** Muere quien escuchaba en ese puerto: lo que tenía en curso se corta (ECONNRESET). */
  reset(address: string, port: number): void;
  /**
   * `host` es nombre DNS o IP. Resuelve, elige endpoint como kube-proxy y entrega. `timeout` en ms.
   * Devuelve cómo abandonar la petición: entonces `onDone` no se llama.
   */
  request(origin: Origin, host: string, port: number, request: HttpRequest, timeout: number, onDone: (outcome: HttpOutcome) => void): () => void;
  /** Abre una conexión TCP y la cierra: sin error, hay quien escucha. */
  connect(origin: Origin, host: string, port: number, timeout: number, onDone: (error: NetworkError | undefined) => void): () => void;
  resolve(origin: Origin, name: string): DnsAnswer;
  /** Pregunta al DNS por ese nombre tal cual, sin sufijos de búsqueda. */
  query(origin: Origin, name: string, type: 'SRV' | 'CNAME'): RecordAnswer;
  /** Corta o repara el cable de un nodo. */
  setNodeReachable(node: string, isReachable: boolean): void;
}
