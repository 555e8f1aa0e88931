import type { Duration } from '../engine/ports.ts';

export interface SiteRequest {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  path: string;
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  body?: unknown;
  contentType?: string;
  accept?: string;
}

/** Un objeto recién llegado, sin estrechar: cada vista mira lo suyo. */
// biome-ignore lint/suspicious/noExplicitAny: objetos de la API de cualquier tipo; las vistas los estrechan.
export type Raw = any;

export interface WatchedLine {
  type: 'ADDED' | 'MODIFIED' | 'DELETED';
  object: Raw;
}

export interface WatchListener {
  /** Nunca lanza. */
  line(line: WatchedLine): void;
  /** El watch se ha perdido sin remedio: lo que venga ya no se verá. */
  lost(error: unknown): void;
}

/**
 * Lo mínimo que un clúster ofrece para correr un escenario: pedir, observar y esperar. `Target` no basta porque aquí importan
 * la respuesta entera (código y cuerpo), las tablas y los parches de cada clase.
 */
export interface Site {
  /** `maqueta` o `taller`. */
  readonly id: string;
  readonly version: string;
  /** `true`: dormir adelanta un reloj virtual. */
  readonly isVirtual: boolean;
  request(request: SiteRequest): Promise<{ status: number; body: Raw }>;
  /** Lista y sigue desde ahí; se resuelve cuando el watch está abierto. */
  watch(path: string, query: Readonly<Record<string, string>>, listener: WatchListener, signal: AbortSignal): Promise<void>;
  now(): number;
  sleep(wait: Duration): Promise<void>;
  close(): Promise<void>;
}
