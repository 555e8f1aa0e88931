import { LabError } from '../engine/lab-error.ts';

/** Respuesta de error de la API. Su mensaje nunca lleva cabeceras: ahí viajan credenciales. */
export class ApiFailure extends Error {
  readonly code: number;
  readonly body: string;
  /** Lo que el servidor pide esperar antes de repetir (`Retry-After`), en milisegundos. */
  readonly retryAfter: number | undefined;

  constructor(code: number, body: string, retryAfter?: number) {
    super(`La API respondió ${code}`);
    this.name = 'ApiFailure';
    this.code = code;
    this.body = body;
    this.retryAfter = retryAfter;
  }
}

export interface Explanation {
  /** Código HTTP, o `undefined` si no hubo respuesta. */
  status?: number;
  /** El de la API (`NotFound`) o el código de red (`ECONNREFUSED`). */
  reason: string;
  /** En una línea y sin cabeceras. */
  message: string;
  canHeal: boolean;
  /** Campos que el servidor señala, con su motivo. */
  causes: readonly { field: string; message: string }[];
}

interface Status {
  reason?: string;
  message?: string;
  details?: { causes?: { field?: string; message?: string }[] };
}

const reasons: Record<number, string> = {
  400: 'BadRequest',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'NotFound',
  409: 'Conflict',
  410: 'Expired',
  422: 'Invalid',
  429: 'TooManyRequests',
};
/** Errores de red que suelen pasar solos: un clúster que arranca, se reinicia o pierde un paquete. */
const passing = new Set([
  ...['ECONNREFUSED', 'ECONNRESET', 'ECONNABORTED', 'EPIPE', 'ETIMEDOUT', 'EHOSTUNREACH', 'ENETUNREACH', 'EHOSTDOWN', 'ENETDOWN', 'EAI_AGAIN'],
  ...['ERR_STREAM_PREMATURE_CLOSE', 'UND_ERR_SOCKET', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT', 'TimeoutError'],
]);
/** Los que no pasan solos: nombre que no existe, certificado que no vale, algo que no habla HTTP. */
const lasting = /^(ENOTFOUND|EPROTO|CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|HPE_)/;

/**
 * Único sitio que sabe leer un error del clúster. Cualquier otra cosa es un fallo nuestro: se relanza con su traza.
 * Admite también la `ApiException` de client-node: número en `code` y texto sin analizar en `body`.
 */
export function explain(error: unknown): Explanation {
  // Los DOMException (plazo, cancelación) también llevan un código, pero de dos cifras.
  if (error instanceof Error && 'code' in error && typeof error.code === 'number' && error.code >= 100)
    return explainStatus(error.code, 'body' in error ? error.body : undefined);
  const code = networkCode(error);
  if (code) return { reason: code, message: `${whyNoAnswer(code)} (${code})`, canHeal: passing.has(code), causes: [] };
  throw error;
}

function explainStatus(code: number, body: unknown): Explanation {
  const status = readStatus(body);
  const message =
    code === 401 ? 'las credenciales de ese contexto no valen' : (status.message ?? shortText(body) ?? `el servidor respondió ${code} sin decir por qué`);
  return {
    status: code,
    reason: status.reason ?? reasons[code] ?? (code >= 500 ? 'InternalError' : `HTTP ${code}`),
    message: oneLine(message),
    // 409: otro escribió a la vez o el espacio aún se está creando; 404: «todavía no existe».
    canHeal: code === 404 || code === 409 || code === 429 || code >= 500,
    causes: (status.details?.causes ?? []).map(({ field = '', message: why = '' }) => ({ field, message: oneLine(why) })),
  };
}

function whyNoAnswer(code: string): string {
  if (code === 'ENOTFOUND') return 'el nombre de su servidor no existe';
  if (passing.has(code)) return 'el clúster no responde';
  return code.startsWith('HPE_') ? 'quien contesta no habla HTTP' : 'quien contesta no es de fiar: su certificado no vale';
}

/** El error que lee la persona. `doing`: qué intentábamos, en infinitivo («leer Pods»). */
export function toLabError(error: unknown, doing: string, where?: string): LabError {
  if (error instanceof LabError) return error;
  if (error instanceof Error && error.name === 'AbortError') return new LabError('Interrumpido', { code: 'ABORTED', cause: error });
  const { status, reason, message, canHeal } = explain(error);
  const options = { code: 'ENVIRONMENT', canHeal, cause: error, ...(where ? { where } : {}) } as const;
  if (status === 401) return new LabError(`No se puede ${doing}: ${message} (Unauthorized).`, options);
  if (status === undefined) return new LabError(`No se puede ${doing}: ${message}.`, { ...options, fix: 'npm run -s lab doctor' });
  return new LabError(`No se puede ${doing}: ${message} (${reason}).`, options);
}

function readStatus(body: unknown): Status {
  if (typeof body === 'object' && body !== null) return body as Status;
  if (typeof body !== 'string' || !body.trimStart().startsWith('{')) return {};
  try {
    return JSON.parse(body) as Status;
  } catch {
    return {};
  }
}

/** Un proxy intermedio contesta con una página: se enseña su texto, no sus etiquetas. */
function shortText(body: unknown): string | undefined {
  if (typeof body !== 'string') return undefined;
  const text = oneLine(body.replace(/<(style|script)[\s\S]*?<\/\1>/gi, ' ').replace(/<[^>]*>/g, ' '));
  if (!text) return undefined;
  return text.length > 200 ? `${text.slice(0, 199)}…` : text;
}

const oneLine = (text: string) => text.replace(/\s+/g, ' ').trim();

/** `fetch` esconde el motivo en `cause`; `http` y `tls` lo ponen en `code`. */
function networkCode(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name === 'TimeoutError') return 'TimeoutError';
  if ('code' in error && typeof error.code === 'string' && (passing.has(error.code) || lasting.test(error.code))) return error.code;
  return networkCode(error.cause);
}
