import type { ApiError } from '../registry/api-error.ts';

export const json = (body: unknown, status = 200, headers: Record<string, string> = {}): Response =>
  new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json', ...headers } });

export const failure = (error: ApiError): Response =>
  json(error.toStatus(), error.code, error.details?.retryAfterSeconds ? { 'retry-after': String(error.details.retryAfterSeconds) } : {});

/** Avisos de la API, como los da el servidor real: kubectl los enseña con «Warning:». */
export const warningHeaders = (warnings: readonly string[]): Record<string, string> =>
  warnings.length > 0 ? { warning: warnings.map((text) => `299 - ${JSON.stringify(text)}`).join(', ') } : {};
